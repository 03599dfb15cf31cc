using LiveViz.Server.Streaming;
using LiveViz.Sources;

namespace LiveViz.Server.Processing;

/// <summary>
/// Every sensor that is calculated by a formula. The samples they are made of come on the threads of several sources: one
/// lock keeps them apart, and a sample has all its formulas calculated in their order, each once, before the next.
/// </summary>
internal sealed class Formulas
{
    /// <summary>The name that they have as a source.</summary>
    public const string Name = "Formulas";

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly List<FormulaSensor> _sensors = [];
    private readonly Dictionary<string, FormulaInput> _inputs = new(StringComparer.Ordinal);
    private SourceStatus? _status;
    private long _calculated;
    private int _due;
    private int _depth;

    public Formulas(SensorSettings settings, SensorLog log, TimeProvider time)
    {
        _time = time;
        foreach (var definition in settings.Formulas)
        {
            var sensor = new Sensor { Id = definition.Id, Group = Name, Source = Name };
            if (!log.TryAdd(sensor, out var series))
            {
                throw new WrongConfigurationException(definition.Key, "is one sensor too many for the memory of the log; raise LiveViz:LogMegabytes");
            }

            series.IsCalculated = true;
            Add(definition, series);
        }
    }

    /// <summary>Where the samples of each go.</summary>
    public IEnumerable<SensorSeries> Series => _sensors.Select(sensor => sensor.Series);

    /// <summary>Where formulas take a sensor from; null where none does.</summary>
    public FormulaInput? Input(SensorSeries series)
    {
        if (!_inputs.TryGetValue(series.Sensor.Id, out var input))
        {
            return null;
        }

        lock (_gate)
        {
            input.Series = series;
        }

        return input;
    }

    /// <summary>
    /// Begins a sample of a sensor that is an input, or of which one is made. All that is made of it is known before the
    /// first formula is calculated, or one that is over a sensor and its average would be of two moments.
    /// </summary>
    public void Begin()
    {
        _gate.Enter();
        _depth++;
    }

    /// <summary>Takes the next sample of an input. Between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public void Take(FormulaInput input, long ticks, double value, Quality quality)
    {
        input.Keep(ticks, value, quality);
        foreach (var sensor in input.Triggers)
        {
            _due += sensor.Due is null ? 1 : 0;
            sensor.Due = ticks;
        }
    }

    /// <summary>Ends it, and calculates what is due.</summary>
    public void End(long receivedTicks)
    {
        try
        {
            // What a formula makes comes by here again; what is due by that is in turn further down.
            if (_depth == 1)
            {
                CalculateDue(receivedTicks);
            }
        }
        finally
        {
            _depth--;
            _gate.Exit();
        }
    }

    /// <summary>How they are doing, as one more source beside the others; null where there are none.</summary>
    public SourceStatus? StatusAmong(IReadOnlyCollection<SourceStatus> sources)
    {
        if (_sensors.Count == 0)
        {
            return null;
        }

        lock (_gate)
        {
            var missing = Missing();
            var state = missing.Length > 0 || _calculated == 0 ? SourceState.Waiting
                : sources.Count > 0 && sources.All(source => source.State == SourceState.Completed) ? SourceState.Completed
                : SourceState.Running;
            var reason = missing.Length > 0 ? $"without a value until there is a sensor {missing}"
                : state == SourceState.Waiting ? "no sample yet"
                : state == SourceState.Completed ? "all sources have delivered all they had"
                : "";
            var isSame = _status is not null && _status.State == state && _status.Reason == reason;
            _status = new SourceStatus
            {
                Name = Name,
                Type = "Formula",
                State = state,
                Reason = reason,
                Since = isSame ? _status!.Since : _time.GetUtcNow().UtcDateTime,
                Accepted = _calculated,
            };
            return _status;
        }
    }

    private void Add(FormulaDefinition definition, SensorSeries series)
    {
        FormulaInput[] inputs = [.. definition.Formula.Inputs.Select(InputOf)];
        var sensor = new FormulaSensor(definition.Formula, series, inputs);
        foreach (var input in inputs)
        {
            input.UsedBy.Add(series);
            if (definition.At is null || definition.At == input.Id)
            {
                input.Triggers.Add(sensor);
            }
        }

        _sensors.Add(sensor);
    }

    private FormulaInput InputOf(string id)
    {
        if (!_inputs.TryGetValue(id, out var input))
        {
            _inputs[id] = input = new FormulaInput(id, this);
        }

        return input;
    }

    private void CalculateDue(long receivedTicks)
    {
        for (var i = 0; _due > 0; i++)
        {
            if (_sensors[i].Due is { } ticks)
            {
                _sensors[i].Due = null;
                _due--;
                _calculated += _sensors[i].Calculate(ticks, receivedTicks) ? 1 : 0;
            }
        }
    }

    // Those of which nothing is known, as "a" (for b, c); enough of them to go on with.
    private string Missing()
    {
        const int Most = 3;
        var missing = _inputs.Values.Where(input => input.Series is null).ToList();
        var first = missing.Take(Most).Select(input => $"\"{input.Id}\" (for {string.Join(", ", input.UsedBy.Select(series => series.Sensor.Id))})");
        return string.Join(", ", first) + (missing.Count > Most ? $" and {missing.Count - Most} more" : "");
    }
}
