using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;
using ShapeLine = Plotly.Blazor.LayoutLib.ShapeLib.Line;
using XTitle = Plotly.Blazor.LayoutLib.XAxisLib.Title;
using YTitle = Plotly.Blazor.LayoutLib.YAxisLib.Title;

namespace LiveViz.Charts;

/// <summary>A chart's plan as the objects of Plotly.Blazor. Colours that depend on the theme are set in the browser.</summary>
internal static class ChartFigure
{
    // Neutral on light and on dark: grid and bands need no change with the theme.
    private const string Grid = "rgba(128,140,150,0.22)";
    private const string Band = "rgba(110,140,150,0.14)";
    // Wide and, as the browser sets it, pale: it lies about the line and hides nothing.
    private const decimal LateWidth = 7;
    private const string Clear = "rgba(0,0,0,0)";
    private const int BesideAxis = 60;
    // There is a margin for the numbers. To find out whether they overflow it plotly measures each one, which takes longer than
    // all else that it draws.
    private const Plotly.Blazor.LayoutLib.YAxisLib.TickLabelOverflowEnum Overflow = Plotly.Blazor.LayoutLib.YAxisLib.TickLabelOverflowEnum.Allow;
    private const double BetweenStrips = 0.12;
    private const double BetweenLanes = 0.1;

    /// <summary>The traces, empty: one for each sensor, then one for the uncertain part of each, then one for what of each arrived late.</summary>
    public static IList<ITrace> Traces(ChartPlan plan)
    {
        var laneOf = plan.Lanes.SelectMany((lane, number) => lane.Traces.Select(trace => (trace, number)))
            .ToDictionary(pair => pair.trace, pair => pair.number);
        return
        [
            .. plan.Sensors.Select((sensor, i) => Trace(sensor, i, "", new Line { Width = 1.5m, Simplify = false, Dash = "solid" })),
            .. plan.Sensors.Select((sensor, i) => Trace(sensor, i, ", uncertain", new Line { Width = 1.5m, Simplify = false, Dash = "3px,3px" })),
            .. plan.Sensors.Select((sensor, i) => Trace(sensor, i, ", arrived late", new Line { Width = LateWidth, Simplify = false })),
        ];

        ITrace Trace(Sensor sensor, int i, string part, Line line) => new Scatter
        {
            // Of several axes over one plot the legend says whose is whose.
            Name = Escape(sensor.Name) + (plan.Arrangement == ChartArrangement.Overlaid && sensor.Unit.Length > 0 ? $", {Escape(sensor.Unit)}" : "") + part,
            LegendGroup = $"{i}",
            ShowLegend = part.Length == 0,
            Mode = ModeFlag.Lines,
            Line = line,
            ConnectGaps = false,
            XAxis = "x",
            YAxis = laneOf[i] == 0 ? "y" : $"y{laneOf[i] + 1}",
            X = [],
            Y = [],
        };
    }

    /// <summary>The layout: one time axis under all lanes, and a y axis with its unit for each.</summary>
    public static Layout Layout(ChartPlan plan)
    {
        var strips = plan.Arrangement == ChartArrangement.Strips;
        var (left, right) = plan.Arrangement == ChartArrangement.Overlaid ? ((plan.Lanes.Count + 1) / 2, plan.Lanes.Count / 2) : (1, 0);
        var showsLegend = !strips && plan.Sensors.Count > 1;
        return new Layout
        {
            PaperBgColor = Clear,
            PlotBgColor = Clear,
            Margin = new Margin { L = strips ? 48 : left * BesideAxis, R = 12 + right * BesideAxis, T = strips ? 0 : showsLegend ? 32 : 10, B = 28, AutoExpand = false },
            ShowLegend = showsLegend,
            Legend = [new Legend { Orientation = Plotly.Blazor.LayoutLib.LegendLib.OrientationEnum.H, Y = 1, YAnchor = Plotly.Blazor.LayoutLib.LegendLib.YAnchorEnum.Bottom, X = 0 }],
            // The crosshair is our own: it goes over all charts at once, and knows what plotly has not drawn yet.
            HoverMode = HoverModeEnum.False,
            DragMode = DragModeEnum.Zoom,
            XAxis = [TimeAxis(plan)],
            YAxis = [.. plan.Lanes.Select((lane, number) => plan.Arrangement == ChartArrangement.Overlaid ? OverlaidAxis(lane, number) : ValueAxis(plan, lane, number))],
            Shapes = [.. Bands(plan)],
        };
    }

    /// <summary>The mode bar: zoom, pan, a picture of the chart.</summary>
    public static Config Config() => new()
    {
        Responsive = true,
        DisplayLogo = false,
        ShowTips = false,
        ModeBarButtonsToRemove = new[] { "select2d", "lasso2d", "autoScale2d", "resetScale2d" },
        DoubleClick = Plotly.Blazor.ConfigLib.DoubleClickEnum.False,
    };

    /// <summary>
    /// plotly reads a few HTML tags in names; a sensor's name is text and must stay text.
    /// </summary>
    internal static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("%{", "%&#123;", StringComparison.Ordinal);

    private static XAxis TimeAxis(ChartPlan plan) => new()
    {
        // Milliseconds since 1970. What stands at the axis is set in the browser, which knows the viewer's clock.
        Type = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Linear,
        TickMode = Plotly.Blazor.LayoutLib.XAxisLib.TickModeEnum.Array,
        TickVals = [],
        Anchor = $"y{(plan.Lanes.Count > 1 && plan.Arrangement != ChartArrangement.Overlaid ? plan.Lanes.Count : "")}",
        ShowGrid = false,
        ZeroLine = false,
        TickAngle = 0,
        TickFont = new Plotly.Blazor.LayoutLib.XAxisLib.TickFont { Size = 11 },
        Title = new XTitle { Text = "" },
        AutoRange = Plotly.Blazor.LayoutLib.XAxisLib.AutoRangeEnum.False,
    };

    private static YAxis ValueAxis(ChartPlan plan, ChartLane lane, int number)
    {
        var strips = plan.Arrangement == ChartArrangement.Strips;
        var count = plan.Lanes.Count;
        var share = 1.0 / count;
        // The last strip also ends at its own margin, so that every row beside the plot is as high as its strip.
        var top = 1 - number * share;
        var margin = count == 1 && !strips ? 0 : share * (strips ? BetweenStrips : BetweenLanes) / 2;
        var axis = new YAxis
        {
            Anchor = "x",
            Domain = [(decimal)Math.Max(0, top - share + margin), (decimal)Math.Min(1, top - margin)],
            // With a distance from the numbers, if only of no title, each number is measured.
            Title = strips ? new YTitle { Text = "" } : new YTitle { Text = Escape(lane.Unit), Standoff = 6 },
            GridColor = Grid,
            ZeroLine = false,
            FixedRange = true,
            NTicks = strips ? 3 : 6,
            TickLabelOverflow = Overflow,
            TickFont = new Plotly.Blazor.LayoutLib.YAxisLib.TickFont { Size = strips ? 10 : 11 },
            AutoRange = Plotly.Blazor.LayoutLib.YAxisLib.AutoRangeEnum.False,
            Range = [lane.Base?.Low ?? 0, lane.Base?.High ?? 1],
        };
        if (strips && plan.Sensors[lane.Traces[0]].Normal is { } normal)
        {
            // In a strip there is room for two numbers, and the limits of normal are the two that matter.
            axis.TickMode = Plotly.Blazor.LayoutLib.YAxisLib.TickModeEnum.Array;
            axis.TickVals = [normal.Low, normal.High];
            axis.ShowGrid = false;
        }

        return axis;
    }

    /// <summary>Left, right, and again left and right of those.</summary>
    private static YAxis OverlaidAxis(ChartLane lane, int number) => new()
    {
        Side = number % 2 == 0 ? Plotly.Blazor.LayoutLib.YAxisLib.SideEnum.Left : Plotly.Blazor.LayoutLib.YAxisLib.SideEnum.Right,
        Overlaying = number == 0 ? null : "y",
        Anchor = number < 2 ? "x" : "free",
        Position = number < 2 ? null : number % 2,
        Shift = number < 2 ? null : number % 2 == 0 ? -BesideAxis : BesideAxis,
        Title = new YTitle { Text = Escape(lane.Unit), Standoff = 6 },
        GridColor = Grid,
        ShowGrid = number == 0,
        ZeroLine = false,
        FixedRange = true,
        NTicks = 6,
        TickLabelOverflow = Overflow,
        TickFont = new Plotly.Blazor.LayoutLib.YAxisLib.TickFont { Size = 11 },
        AutoRange = Plotly.Blazor.LayoutLib.YAxisLib.AutoRangeEnum.False,
        Range = [lane.Base?.Low ?? 0, lane.Base?.High ?? 1],
    };

    private static IEnumerable<Shape> Bands(ChartPlan plan)
    {
        for (var number = 0; number < plan.Lanes.Count; number++)
        {
            var lane = plan.Lanes[number];
            // Of several sensors on one axis nobody could tell whose band it is.
            if (plan.Arrangement != ChartArrangement.Overlaid && lane.Traces.Count == 1 && plan.Sensors[lane.Traces[0]].Normal is { } normal)
            {
                yield return new Shape
                {
                    Type = Plotly.Blazor.LayoutLib.ShapeLib.TypeEnum.Rect,
                    XRef = "paper",
                    X0 = 0,
                    X1 = 1,
                    YRef = number == 0 ? "y" : $"y{number + 1}",
                    Y0 = normal.Low,
                    Y1 = normal.High,
                    FillColor = Band,
                    Line = new ShapeLine { Width = 0 },
                    Layer = Plotly.Blazor.LayoutLib.ShapeLib.LayerEnum.Below,
                };
            }
        }
    }
}
