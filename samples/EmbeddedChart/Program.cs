using EmbeddedChart;
using LiveViz;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

// The one line: where the LiveViz server is.
builder.Services.AddLiveViz(builder.Configuration["LiveVizServer"] ?? "http://localhost:5000");

var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
app.Run();
