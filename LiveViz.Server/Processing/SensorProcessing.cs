using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>
/// Gives each sensor, when it becomes known, what the configuration says of it: its description, and the way of its
/// samples into the log. Where nothing is said, nothing is done.
/// </summary>
internal sealed class SensorProcessing
{
    private readonly SensorSettings _settings;
    private readonly Formulas _formulas;
    private readonly SensorLog _log;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();

    // By the id of a sensor that is made of another, the id of the other.
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);

    public SensorProcessing(SensorSettings settings, Formulas formulas, SensorLog log, ILogger<SensorProcessing> logger)
    {
        _settings = settings;
        _formulas = formulas;
        _log = log;
        _logger = logger;
        foreach (var series in formulas.Series)
        {
            var described = series.Sensor;
            series.Sensor = Describe(described, isCalculated: true);
            Attach(series, described, isCalculated: true);
        }
    }

    /// <summary>A sensor of a source as it is shown.</summary>
    public Sensor Describe(Sensor sensor) => Describe(sensor, isCalculated: false);

    /// <summary>Puts a sensor's way in place, or describes anew what was made of it.</summary>
    /// <param name="series">The sensor, as it is shown.</param>
    /// <param name="described">The sensor as its source describes it.</param>
    public void Attach(SensorSeries series, Sensor described) => Attach(series, described, isCalculated: false);

    private Sensor Describe(Sensor sensor, bool isCalculated)
    {
        if (_settings.IsEmpty || _settings.For(sensor.Id, isCalculated) is not { } options)
        {
            return sensor;
        }

        sensor = options.Name is null ? sensor : sensor with { Name = options.Name };
        return sensor with
        {
            Unit = options.Unit ?? sensor.Unit,
            Group = options.Group ?? sensor.Group,
            Range = options.Range?.ToRange() ?? sensor.Range,
            Normal = options.Normal?.ToRange() ?? sensor.Normal,
            Resolution = options.Resolution ?? sensor.Resolution,
            StaleAfter = options.StaleAfter ?? sensor.StaleAfter,
        };
    }

    private void Attach(SensorSeries series, Sensor described, bool isCalculated)
    {
        if (_settings.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            var options = _settings.For(series.Sensor.Id, isCalculated);
            var made = options is null ? default : Make(series, described, options);
            var input = _formulas.Input(series);
            if (series.Pipeline is null && (made != default || input is not null || (options?.ChangesSamples ?? false)))
            {
                series.Pipeline = new SensorPipeline(series, options ?? new SensorOptions(), made, input, _formulas);
            }

            // Where one time is a recording's, so is that of what is calculated with it.
            foreach (var calculated in input?.UsedBy ?? [])
            {
                if (series.Sensor.Recorded && !calculated.Sensor.Recorded)
                {
                    calculated.Sensor = calculated.Sensor with { Recorded = true };
                    Attach(calculated, calculated.Sensor, isCalculated: true);
                }
            }
        }
    }

    // The sensors that are made of one.
    private MadeSensors Make(SensorSeries of, Sensor described, SensorOptions options)
    {
        var sensor = of.Sensor;
        SensorSeries? raw = null, average = null, rate = null;
        if (options.ChangesSamples && options.KeepRaw != false)
        {
            // In the unit that the instrument speaks.
            var told = options.Scale is null && options.Offset is null ? sensor : described;
            raw = Open(of, SensorSettings.RawId(sensor.Id), told with { Name = $"{sensor.Name}, raw", Group = sensor.Group, Normal = null, RawOf = sensor.Id });
        }

        if (options.MovingAverage is { } averaged)
        {
            average = Open(of, SensorSettings.NewId(averaged.Sensor, sensor.Id), sensor with { Name = $"{sensor.Name}, average" });
        }

        if (options.RateOfChange is { } rated)
        {
            var told = sensor with
            {
                Name = $"{sensor.Name}, rate",
                Unit = $"{(sensor.Unit.Length > 0 ? sensor.Unit : "1")}/{Symbol(rated.Per)}",
                Range = null,
                Normal = null,
                Resolution = sensor.Resolution * ((int)rated.Per / rated.Over!.Value.TotalSeconds),
            };
            rate = Open(of, SensorSettings.NewId(rated.Sensor, sensor.Id), told);
        }

        return new MadeSensors(raw, average, rate);
    }

    private SensorSeries? Open(SensorSeries of, string id, Sensor told)
    {
        var shown = Describe(told with { Id = id }, isCalculated: true);
        var problem = Intake.IdProblem(id) is { } wrong ? wrong
            : _made.TryGetValue(id, out var other) && other != of.Sensor.Id ? $"is made of the sensor \"{other}\" too"
            : !_log.TryAdd(shown, out var series) ? "is one sensor too many for the memory of the log; raise LiveViz:LogMegabytes"
            : series.Sensor.Source != of.Sensor.Source || (series.IsCalculated && other is null) ? $"is there already, of the source \"{series.Sensor.Source}\""
            : null;
        if (problem is not null)
        {
            if (_warned.Add(id))
            {
                _logger.LogWarning("LiveViz:Sensors: a sensor \"{Id}\" is not made of \"{Sensor}\": it {Problem}", id, of.Sensor.Id, problem);
            }

            return null;
        }

        _made[id] = of.Sensor.Id;
        return Adopt(shown, told with { Id = id });
    }

    private SensorSeries Adopt(Sensor shown, Sensor told)
    {
        _log.TryGet(shown.Id, out var series);
        series!.IsCalculated = true;
        series.Door = null;
        series.Sensor = shown;
        Attach(series, told, isCalculated: true);
        return series;
    }

    private static string Symbol(RateUnit per) => per switch
    {
        RateUnit.Second => "s",
        RateUnit.Minute => "min",
        _ => "h",
    };
}
