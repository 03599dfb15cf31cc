using System.ComponentModel.DataAnnotations;

namespace LiveViz.Tests.Sources;

/// <summary>What validation says of options.</summary>
internal static class OptionsCheck
{
    public static IReadOnlyList<string?> Errors(object options)
    {
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true);
        return [.. errors.Select(error => error.ErrorMessage)];
    }
}
