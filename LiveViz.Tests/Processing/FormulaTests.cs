using LiveViz.Server.Processing;

namespace LiveViz.Tests.Processing;

public class FormulaTests
{
    [Theory]
    [InlineData("[a] * [b] / [c]", 2.0 * 3 / 4)]
    [InlineData("1 / 3 + 0*[a]", 1.0 / 3)]
    [InlineData("-[a] ** 2", -4)]
    [InlineData("[b] % 2", 1)]
    [InlineData("{a} - [ b ] + c", 3)]
    [InlineData("2 + 3 * [a]", 8)]
    [InlineData("(2 + 3) * [a]", 10)]
    [InlineData("if([a] > 1 and not ([b] = 4), [c], 0)", 4)]
    [InlineData("[a] >= 2 ? [b] : [c]", 3)]
    [InlineData("if([a] < 2 or [b] != 3 or [c] <= 3, 1, 0)", 0)]
    [InlineData("if(true, [a], [b])", 2)]
    [InlineData("sqrt([c]) + ABS(-[a]) + Sign(-[b])", 3)]
    [InlineData("Max([a], [b], [c]) - Min([a], [b], [c])", 2)]
    [InlineData("Round([a] / [b] , 2)", 0.67)]
    [InlineData("Round(2.5 + 0*[a])", 3)]
    [InlineData("Pow([a], [b]) + Log([c], [a]) + Ln(Exp([b])) + Log10(100)", 15)]
    [InlineData("Sin(0*[a]) + Cos(0) + Tan(0) + Asin(0) + Acos(1) + Atan(0) + Atan2(0, 1) + Floor(1.9) + Ceiling(1.1) + Truncate(-1.9)", 3)]
    [InlineData("5000000000 * [a]", 1e10)]
    public void Formula_is_calculated_with_numbers_of_64_bits(string text, double expected)
    {
        var formula = Formula.Parse(text);
        double[] values = [.. formula.Inputs.Select(id => id switch { "a" => 2.0, "b" => 3.0, _ => 4.0 })];

        Assert.Equal(expected, formula.Calculate(values), 12);
    }

    [Theory]
    [InlineData("[plant/line 1/t-1.x]", "plant/line 1/t-1.x")]
    [InlineData("{a[0]}", "a[0]")]
    [InlineData("[ä °C µ]", "ä °C µ")]
    [InlineData("[it's \"x\"]", "it's \"x\"")]
    [InlineData("[factory:{id}]", "factory:{id}")]
    [InlineData("flow_1", "flow_1")]
    public void Any_id_can_be_named(string text, string id) => Assert.Equal([id], Formula.Parse(text).Inputs);

    [Fact]
    public void Sensor_named_twice_is_one_input() => Assert.Equal(["a", "b"], Formula.Parse("[a] + [b] * [a] - a").Inputs);

    [Theory]
    [InlineData("[a] / 0")]
    [InlineData("Sqrt(-1 - [a]*[a])")]
    [InlineData("Round([a], 99)")]
    [InlineData("10 ** (1000 + [a]*0)")]
    public void What_has_no_value_is_not_finite(string text) => Assert.False(double.IsFinite(Formula.Parse(text).Calculate([1])));

    [Theory]
    [InlineData("", "no formula")]
    [InlineData("[a] +", "no formula", "position (1:")]
    [InlineData("[a] + * 2", "no formula")]
    [InlineData("pump.flow * 2", "no formula", "brackets")]
    [InlineData("[a", "no formula")]
    [InlineData("1 + 2", "names no sensor")]
    [InlineData("foo([a])", "foo", "Abs", "Sqrt", "if")]
    [InlineData("Sqrt([a], 2)", "Sqrt", "2 arguments", "takes 1")]
    [InlineData("Round()", "0 arguments", "1 or 2")]
    [InlineData("Max()", "Max")]
    [InlineData("if([a], 1, 2)", "condition")]
    [InlineData("if([a] > 1, 2)", "if(condition, then, otherwise)")]
    [InlineData("[a] > 1", "condition where a number")]
    [InlineData("[a] ^ 2", "a ** b")]
    [InlineData("[a] & 2", "not known")]
    [InlineData("[a]!", "not known")]
    [InlineData("[a] in (1, 2)", "not known")]
    [InlineData("[a] ?? 1", "not known")]
    [InlineData("[a] + 'x'", "\"x\"")]
    [InlineData("[a] + 1e999", "no number")]
    [InlineData("([a], 1)", "list")]
    [InlineData("System.IO.File.Delete('x')", "no formula")]
    [InlineData("GetType([a])", "GetType")]
    [InlineData("[a].ToString()", "no formula")]
    public void What_is_no_formula_is_said(string text, params string[] says)
    {
        var message = Assert.Throws<FormatException>(() => Formula.Parse(text)).Message;

        Assert.DoesNotContain('\n', message);
        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Formula_too_long_or_too_deep_is_refused_and_ends_nothing()
    {
        Assert.Contains("1000", Assert.Throws<FormatException>(() => Formula.Parse("[a]" + new string(' ', 1000))).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Formula.Parse(new string('(', 499) + "[a]" + new string(')', 498)));
        Assert.Equal(499, Formula.Parse("a" + string.Concat(Enumerable.Repeat("+1", 499))).Calculate([0]));
        Assert.Equal(-7, Formula.Parse(new string('-', 999) + "a").Calculate([7]));
    }
}
