using MudBlazor;

namespace LiveViz.Server.Dashboard.Layout;

/// <summary>The dashboard's two palettes and its type, for MudBlazor; app.css has the same as variables.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f6a7c",
            Background = "#eef0f1",
            Surface = "#f8f9f9",
            AppbarBackground = "#f8f9f9",
            AppbarText = "#1f272d",
            TextPrimary = "#1f272d",
            TextSecondary = "#55616b",
            ActionDefault = "#3d4850",
            LinesDefault = "#d5dade",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#56c3d6",
            Background = "#14191e",
            Surface = "#1d252c",
            AppbarBackground = "#1d252c",
            AppbarText = "#e3e8ec",
            TextPrimary = "#e3e8ec",
            TextSecondary = "#9aa7b1",
            ActionDefault = "#c4cdd4",
            LinesDefault = "#313c45",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px" },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", FontSize = "13px" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "5px" },
    };
}
