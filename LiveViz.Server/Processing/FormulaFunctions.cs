using System.Linq.Expressions;
using System.Reflection;

namespace LiveViz.Server.Processing;

/// <summary>The functions that a formula may use, all of numbers and of nothing else.</summary>
internal static class FormulaFunctions
{
    private static readonly Dictionary<string, MethodInfo[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Abs"] = [One(Math.Abs)],
        ["Acos"] = [One(Math.Acos)],
        ["Asin"] = [One(Math.Asin)],
        ["Atan"] = [One(Math.Atan)],
        ["Atan2"] = [Two(Math.Atan2)],
        ["Ceiling"] = [One(Math.Ceiling)],
        ["Cos"] = [One(Math.Cos)],
        ["Exp"] = [One(Math.Exp)],
        ["Floor"] = [One(Math.Floor)],
        ["Ln"] = [One(Math.Log)],
        ["Log"] = [Two(Math.Log)],
        ["Log10"] = [One(Math.Log10)],
        ["Pow"] = [Two(Math.Pow)],
        ["Round"] = [One(Round), Two(Round)],
        ["Sign"] = [One(Sign)],
        ["Sin"] = [One(Math.Sin)],
        ["Sqrt"] = [One(Math.Sqrt)],
        ["Tan"] = [One(Math.Tan)],
        ["Truncate"] = [One(Math.Truncate)],
    };

    private static readonly Dictionary<string, MethodInfo> OfAny = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Max"] = Two(Math.Max),
        ["Min"] = Two(Math.Min),
    };

    /// <summary>A call of one of them.</summary>
    /// <exception cref="FormatException">There is none of this name, or not with so many arguments.</exception>
    public static Expression Call(string name, Expression[] arguments)
    {
        if (OfAny.TryGetValue(name, out var ofTwo))
        {
            return arguments.Length > 0
                ? arguments.Aggregate((all, next) => Expression.Call(ofTwo, all, next))
                : throw new FormatException($"has {name} in it without a number to take it of");
        }

        if (!Known.TryGetValue(name, out var forms))
        {
            var names = string.Join(", ", Known.Keys.Concat(OfAny.Keys).Append("if").Order(StringComparer.OrdinalIgnoreCase));
            throw new FormatException($"has a function in it that is not known, {name}; known are {names}");
        }

        return Array.Find(forms, form => form.GetParameters().Length == arguments.Length) is { } method
            ? Expression.Call(method, arguments)
            : throw new FormatException(
                $"has {name} in it with {arguments.Length} arguments; it takes {string.Join(" or ", forms.Select(form => form.GetParameters().Length))}");
    }

    private static double Sign(double value) => double.IsNaN(value) ? value : Math.Sign(value);

    // To the nearest, halves away from 0, as it is taught.
    private static double Round(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    private static double Round(double value, double decimals) =>
        decimals is >= 0 and <= 15 ? Math.Round(value, (int)decimals, MidpointRounding.AwayFromZero) : double.NaN;

    private static MethodInfo One(Func<double, double> function) => function.Method;

    private static MethodInfo Two(Func<double, double, double> function) => function.Method;
}
