using System.Globalization;
using System.Linq.Expressions;
using NCalc;
using NCalc.Exceptions;

namespace LiveViz.Server.Processing;

/// <summary>
/// A calculation over sensors. NCalc reads the text; what it may contain is what <see cref="FormulaCompiler"/> knows,
/// numbers and comparisons and the functions of its table, and nothing of it can loop, wait or reach anything else.
/// </summary>
internal sealed class Formula
{
    // Longer than anyone would want to read; the parser itself limits how deep parentheses go.
    private const int Longest = 1000;

    private static readonly LogicalExpressionParserOptions Options = new();

    private readonly Func<double[], double> _calculate;

    private Formula(IReadOnlyList<string> inputs, Func<double[], double> calculate)
    {
        Inputs = inputs;
        _calculate = calculate;
    }

    /// <summary>The ids of the sensors in it, each once.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none. The message says why, to follow the formula.</exception>
    public static Formula Parse(string text)
    {
        if (text.Length > Longest)
        {
            throw new FormatException($"is {text.Length} characters long; at most {Longest} are allowed");
        }

        var compiler = new FormulaCompiler();
        var calculation = compiler.Compile(Read(text));
        return compiler.Inputs.Count == 0
            ? throw new FormatException("names no sensor; write sensors in brackets, such as [flow] * 2")
            : new Formula(compiler.Inputs, Expression.Lambda<Func<double[], double>>(calculation, compiler.Values).Compile());
    }

    /// <summary>Its value; not finite where it has none, as after a division by 0.</summary>
    /// <param name="values">Those of <see cref="Inputs"/>, in their order.</param>
    public double Calculate(double[] values) => _calculate(values);

    private static LogicalExpression Read(string text)
    {
        try
        {
            return LogicalExpressionParser.Parse(text, Options, CultureInfo.InvariantCulture, CancellationToken.None);
        }
        catch (Exception e) when (e is NCalcException or InvalidOperationException)
        {
            throw new FormatException(
                $"is no formula: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}; sensors are written in brackets, such as [flow] * [head] / [power]", e);
        }
    }
}
