using System.Text.RegularExpressions;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>
/// What <c>LiveViz:Sensors</c> says, read once at the start. All entries that match a sensor are for it, in the order in
/// which they stand; where two say the same key, the later one counts. A sensor that the server calculates is meant only by
/// its id: a pattern for the sensors of a source must not take it in.
/// </summary>
internal sealed class SensorSettings
{
    /// <summary>What stands for the id of the sensor in the id of one that is made of it.</summary>
    public const string IdPlace = "{id}";

    private readonly List<(SensorOptions Options, Regex? Pattern)> _entries = [];

    /// <summary>Reads a section.</summary>
    /// <exception cref="WrongConfigurationException">An entry cannot be worked with.</exception>
    public SensorSettings(IConfigurationSection section)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new WrongConfigurationException(section.Path, $"\"{section.Value}\" is not a list; write {section.Path}:0:Sensor and so on");
        }

        foreach (var child in section.GetChildren())
        {
            var options = new SensorOptions();
            ConfigurationReader.Fill(child, options);
            _entries.Add((options, options.IsPattern ? ToRegex(options.Sensor) : null));
            Keep(options, child.Path);
        }

        Formulas = FormulaOrder.Sort(_formulas, this);
    }

    /// <summary>Every sensor with a formula, those before that others are made of.</summary>
    public IReadOnlyList<FormulaDefinition> Formulas { get; }

    private readonly List<FormulaDefinition> _formulas = [];

    /// <summary>Whether nothing is said of any sensor.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>What is said of a sensor; null where nothing is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="isCalculated">Whether the server calculates it.</param>
    public SensorOptions? For(string id, bool isCalculated)
    {
        SensorOptions? found = null;
        foreach (var (options, pattern) in _entries)
        {
            if (pattern is null ? options.Sensor == id : !isCalculated && pattern.IsMatch(id))
            {
                found = found is null ? options : found.With(options);
            }
        }

        return found;
    }

    /// <summary>The ids of the sensors that are made of a calculated one, and of these again.</summary>
    public IEnumerable<string> MadeOf(string id)
    {
        var made = new List<string> { id };
        for (var i = 0; i < made.Count; i++)
        {
            if (For(made[i], isCalculated: true) is { } options)
            {
                made.AddRange(MadeOf(made[i], options).Except(made));
            }
        }

        return made.Skip(1);
    }

    /// <summary>The id of the sensor in which a sensor's samples are kept as they came.</summary>
    public static string RawId(string id) => id + ".raw";

    /// <summary>The id of a sensor made of another.</summary>
    public static string NewId(string template, string id) => template.Replace(IdPlace, id, StringComparison.Ordinal);

    private static IEnumerable<string> MadeOf(string id, SensorOptions options)
    {
        yield return RawId(id);
        if (options.MovingAverage is { } average)
        {
            yield return NewId(average.Sensor, id);
        }

        if (options.RateOfChange is { } rate)
        {
            yield return NewId(rate.Sensor, id);
        }
    }

    private void Keep(SensorOptions options, string path)
    {
        if (options.IsPattern)
        {
            return;
        }

        foreach (var (key, template) in new[] { ("MovingAverage", options.MovingAverage?.Sensor), ("RateOfChange", options.RateOfChange?.Sensor) })
        {
            if (template is not null && NewId(template, options.Sensor) == options.Sensor)
            {
                throw new WrongConfigurationException($"{path}:{key}:Sensor", $"\"{template}\" is the sensor itself; give the new one an id of its own");
            }
        }

        if (options.Formula is { } formula)
        {
            var key = $"{path}:Formula";
            if (_formulas.Exists(other => other.Id == options.Sensor))
            {
                throw new WrongConfigurationException(key, $"is a second formula for the sensor \"{options.Sensor}\"; give one of the two another id");
            }

            try
            {
                var parsed = Formula.Parse(formula);
                _formulas.Add(new FormulaDefinition(options.Sensor, key, parsed, options.At));
                if (options.At is { } at && !parsed.Inputs.Contains(at))
                {
                    throw new WrongConfigurationException($"{path}:At", $"\"{at}\" is not in the formula; allowed are {string.Join(", ", parsed.Inputs)}");
                }
            }
            catch (FormatException e)
            {
                throw new WrongConfigurationException(key, $"\"{formula}\" {e.Message}", e);
            }
        }
    }

    private static Regex ToRegex(string pattern) =>
        new($@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
