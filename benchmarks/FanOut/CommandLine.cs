using System.Globalization;

namespace LiveViz.FanOut;

/// <summary>Options as <c>--Name=value</c>, named as the properties they set.</summary>
internal static class CommandLine
{
    /// <summary>Sets those properties of the objects that are named among the arguments.</summary>
    /// <exception cref="ArgumentException">An option is no property of any of them, or its value is not allowed.</exception>
    public static void Apply(IEnumerable<string> arguments, params object[] targets)
    {
        foreach (var argument in arguments.Where(IsOption))
        {
            var (name, value) = argument[2..].Split('=', 2) is [var before, var after]
                ? (before, after)
                : throw new ArgumentException($"{argument}: an option is given as --Name=value");
            var (target, property) = targets
                .Select(target => (target, target.GetType().GetProperties().FirstOrDefault(p =>
                    p.SetMethod is not null && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
                .FirstOrDefault(found => found.Item2 is not null);
            if (property is null)
            {
                throw new ArgumentException($"--{name} is no option; see benchmarks/README.md");
            }

            property.SetValue(target, property.PropertyType.IsEnum
                ? Enum.Parse(property.PropertyType, value, ignoreCase: true)
                : Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What <see cref="Apply"/> makes the same object of.</summary>
    public static IEnumerable<string> From(object settings) =>
        from property in settings.GetType().GetProperties()
        where property.SetMethod is not null
        select string.Create(CultureInfo.InvariantCulture, $"--{property.Name}={property.GetValue(settings)}");

    public static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);
}
