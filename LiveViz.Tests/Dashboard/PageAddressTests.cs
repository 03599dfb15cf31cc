using Bunit;
using LiveViz.Server.Dashboard;
using LiveViz.Server.Dashboard.Pages;
using LiveViz.Tests.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Dashboard;

public sealed class PageAddressTests : FeedComponentContext
{
    private readonly ViewSettings _view = new();

    public PageAddressTests()
    {
        Services.AddSingleton(_view);
        Services.AddSingleton(new PlantView(Feed, Time, new ListLogger<PlantView>()));
    }

    [Theory]
    [InlineData("pump-1")]
    [InlineData("a%2Fb c?d#e+f")]
    [InlineData("100%25")]
    [InlineData("line/1/")]
    [InlineData("kessel-\u00e4\u20ac\U0001F525")]
    public void Sensor_has_its_page_whatever_its_id(string id) => Assert.Equal(id, Shown(_view.SensorLink(new Sensor { Id = id })));

    [Theory]
    [InlineData("Boiler house")]
    [InlineData("a%2Fb")]
    public void Area_has_its_page_whatever_its_name(string area) => Assert.Equal(area, Shown(_view.AreaLink(area)));

    [Fact]
    public void Overview_is_of_no_area() => Assert.Equal("Overview", Shown(_view.Link("")));

    // What stands as the page's heading, routed as in the server.
    private string Shown(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var router = Render<Router>(parameters => parameters
            .Add(router => router.AppAssembly, typeof(SensorPage).Assembly)
            .Add(router => router.Found, route => builder =>
            {
                builder.OpenComponent<RouteView>(0);
                builder.AddAttribute(1, nameof(RouteView.RouteData), route);
                builder.CloseComponent();
            }));
        return router.Find("h1").TextContent;
    }
}
