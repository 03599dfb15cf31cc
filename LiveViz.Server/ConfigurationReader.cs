using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace LiveViz.Server;

/// <summary>Reads a section into an options object, and refuses what the object does not know or allow.</summary>
internal static class ConfigurationReader
{
    /// <summary>Fills <paramref name="options"/> from <paramref name="section"/> and validates it.</summary>
    /// <param name="section">The section to read.</param>
    /// <param name="options">What to fill; its defaults stay where the section says nothing.</param>
    /// <param name="alsoKnown">Keys of the section that someone else reads.</param>
    /// <exception cref="WrongConfigurationException">A key is unknown, or its value is not allowed.</exception>
    public static void Fill(IConfigurationSection section, object options, params string[] alsoKnown)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod?.IsPublic == true)
            .ToList();
        foreach (var child in section.GetChildren())
        {
            var property = properties.Find(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is not null && ItemType(property.PropertyType) is { } itemType)
            {
                FillList(child, itemType, property, options);
            }
            else if (property is not null)
            {
                Bind(child, property, options);
            }
            else if (!alsoKnown.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                var known = string.Join(", ", properties.Select(p => p.Name).Concat(alsoKnown).Order());
                throw new WrongConfigurationException(child.Path, $"is not known here; known are {known}");
            }
        }

        Validate(section, options);
    }

    /// <summary>Refuses sections whose name is all but that of one: what is written there would be passed over.</summary>
    /// <exception cref="WrongConfigurationException">There is such a section.</exception>
    public static void RefuseMisspelt(IConfiguration configuration, string name)
    {
        // What is a value stands in no section of ours: the environment is full of them.
        var misspelt = configuration.GetChildren().FirstOrDefault(section =>
            EditsBetween(section.Key.ToUpperInvariant(), name.ToUpperInvariant()) is 1 or 2 && section.GetChildren().Any());
        if (misspelt is not null)
        {
            throw new WrongConfigurationException(misspelt.Path, $"is not known; did you mean {name}?");
        }
    }

    // How many characters are to be put in, taken away or changed to make one text of the other.
    private static int EditsBetween(string one, string other)
    {
        var edits = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = edits[0]++;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = edits[j];
                edits[j] = Math.Min(changed, Math.Min(edits[j], edits[j - 1]) + 1);
            }
        }

        return edits[^1];
    }

    // A list of options, each with keys of its own.
    private static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        && type.GenericTypeArguments[0] is { IsClass: true } item && item.GetConstructor(Type.EmptyTypes) is not null
            ? item
            : null;

    private static void FillList(IConfigurationSection section, Type itemType, PropertyInfo property, object options)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new WrongConfigurationException(section.Path, $"\"{section.Value}\" is not a list; write {section.Path}:0:… and so on");
        }

        var entries = section.GetChildren().ToList();
        var items = Array.CreateInstance(itemType, entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            if (!string.IsNullOrEmpty(entries[i].Value))
            {
                var known = itemType.GetProperties().Where(p => p.SetMethod?.IsPublic == true).Select(p => p.Name).Order();
                throw new WrongConfigurationException(entries[i].Path, $"\"{entries[i].Value}\" is not an object; known keys are {string.Join(", ", known)}");
            }

            var item = Activator.CreateInstance(itemType)!;
            Fill(entries[i], item);
            items.SetValue(item, i);
        }

        property.SetValue(options, items);
    }

    private static void Bind(IConfigurationSection child, PropertyInfo property, object options)
    {
        if (IsNested(property.PropertyType))
        {
            BindNested(child, property, options);
            return;
        }

        // The binder passes over a list or an object in the place of a value, and over a value in the place of these.
        var isValue = TypeDescriptor.GetConverter(property.PropertyType).CanConvertFrom(typeof(string));
        if (isValue ? child.GetChildren().Any() : !string.IsNullOrEmpty(child.Value))
        {
            throw new WrongConfigurationException(child.Path, $"is not {Describe(property.PropertyType)}");
        }

        try
        {
            var value = child.Get(property.PropertyType);
            if (value is Enum && !Enum.IsDefined(value.GetType(), value))
            {
                throw new FormatException("A number that stands for none of the names.");
            }

            if (value is not null)
            {
                property.SetValue(options, value);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            throw new WrongConfigurationException(child.Path, $"\"{child.Value}\" is not {Describe(property.PropertyType)}", e);
        }
    }

    // Options within options, with keys of their own.
    private static void BindNested(IConfigurationSection child, PropertyInfo property, object options)
    {
        var nested = Activator.CreateInstance(property.PropertyType)!;
        if (!string.IsNullOrEmpty(child.Value))
        {
            var keys = string.Join(", ", property.PropertyType.GetProperties().Where(p => p.SetMethod?.IsPublic == true).Select(p => p.Name));
            throw new WrongConfigurationException(child.Path, $"\"{child.Value}\" is not an object with keys of {keys}");
        }

        Fill(child, nested);
        property.SetValue(options, nested);
    }

    private static bool IsNested(Type type) =>
        type is { IsClass: true, IsArray: false }
        && type.GetConstructor(Type.EmptyTypes) is not null
        && !type.IsAssignableTo(typeof(System.Collections.IEnumerable))
        && !TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static void Validate(IConfigurationSection section, object options)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            return;
        }

        var first = results[0];
        var member = first.MemberNames.FirstOrDefault();
        var key = member is null ? section.Path : $"{section.Path}:{member}";
        var value = section.GetSection(member ?? "").Value;
        var problem = first.ErrorMessage ?? "is not allowed";
        throw new WrongConfigurationException(key, value is null ? problem : $"\"{value}\" {problem}");
    }

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) => "a time such as 00:00:05",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(string) => "a text",
            _ when type.IsAssignableTo(typeof(IReadOnlyDictionary<string, string>)) => "an object of names and texts",
            _ when type.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "a list",
            _ when type.IsEnum => "one of " + string.Join(", ", Enum.GetNames(type)),
            _ => $"a {type.Name}",
        };
    }
}
