using Microsoft.AspNetCore.Components;

namespace LiveViz.Server.Dashboard;

/// <summary>
/// What the dashboard's address says, read from the address itself: of what pages are routed by, the framework decodes
/// each part twice, so that an id with %2F in it would come as one with a slash.
/// </summary>
internal static class PageAddress
{
    /// <summary>The path, decoded, without a slash at its beginning.</summary>
    public static string Path(this NavigationManager navigation) =>
        Uri.UnescapeDataString(navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].TrimEnd('/'));

    /// <summary>What stands in it after its beginning, such as the id after <c>sensors/</c>; null where it begins otherwise.</summary>
    public static string? After(this NavigationManager navigation, string beginning) =>
        navigation.Path() is var path && path.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) ? path[beginning.Length..] : null;
}
