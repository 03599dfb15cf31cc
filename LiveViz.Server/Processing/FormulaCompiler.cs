using System.Globalization;
using System.Linq.Expressions;
using NCalc;
using NCalc.Visitors;
using BinaryExpression = NCalc.BinaryExpression;
using UnaryExpression = NCalc.UnaryExpression;

namespace LiveViz.Server.Processing;

/// <summary>Makes of a formula that was read a calculation with numbers of 64 bits, and refuses what is no such.</summary>
internal sealed class FormulaCompiler : ILogicalExpressionVisitor<Expression>
{
    private readonly List<string> _inputs = [];

    /// <summary>The array that the calculation takes the sensors' values from.</summary>
    public ParameterExpression Values { get; } = Expression.Parameter(typeof(double[]), "values");

    /// <summary>The ids of the sensors, in the order of their values.</summary>
    public IReadOnlyList<string> Inputs => _inputs;

    /// <summary>Makes the calculation; its result is a number.</summary>
    /// <exception cref="FormatException">It has something in it that is not known.</exception>
    public Expression Compile(LogicalExpression formula) => Number(formula);

    /// <inheritdoc/>
    public Expression Visit(TernaryExpression expression) =>
        If(expression.LeftExpression, expression.MiddleExpression, expression.RightExpression);

    /// <inheritdoc/>
    public Expression Visit(BinaryExpression expression)
    {
        var (left, right) = (expression.LeftExpression, expression.RightExpression);
        return expression.Type switch
        {
            BinaryExpressionType.Plus => Expression.Add(Number(left), Number(right)),
            BinaryExpressionType.Minus => Expression.Subtract(Number(left), Number(right)),
            BinaryExpressionType.Times => Expression.Multiply(Number(left), Number(right)),
            BinaryExpressionType.Div => Expression.Divide(Number(left), Number(right)),
            BinaryExpressionType.Modulo => Expression.Modulo(Number(left), Number(right)),
            BinaryExpressionType.Exponentiation => Expression.Power(Number(left), Number(right)),
            BinaryExpressionType.Lesser => Expression.LessThan(Number(left), Number(right)),
            BinaryExpressionType.LesserOrEqual => Expression.LessThanOrEqual(Number(left), Number(right)),
            BinaryExpressionType.Greater => Expression.GreaterThan(Number(left), Number(right)),
            BinaryExpressionType.GreaterOrEqual => Expression.GreaterThanOrEqual(Number(left), Number(right)),
            BinaryExpressionType.Equal => Expression.Equal(Number(left), Number(right)),
            BinaryExpressionType.NotEqual => Expression.NotEqual(Number(left), Number(right)),
            BinaryExpressionType.And => Expression.AndAlso(Condition(left), Condition(right)),
            BinaryExpressionType.Or => Expression.OrElse(Condition(left), Condition(right)),
            BinaryExpressionType.BitwiseXOr => throw new FormatException("has a ^ in it, which is not known; a power is written a ** b"),
            var other => throw new FormatException($"has an operator in it that is not known ({other}); known are + - * / % ** < <= > >= == != and or not"),
        };
    }

    /// <inheritdoc/>
    public Expression Visit(UnaryExpression expression) => expression.Type switch
    {
        UnaryExpressionType.Negate => Expression.Negate(Number(expression.Expression)),
        UnaryExpressionType.Positive => Number(expression.Expression),
        UnaryExpressionType.Not => Expression.Not(Condition(expression.Expression)),
        var other => throw new FormatException($"has an operator in it that is not known ({other}); known are + - * / % ** < <= > >= == != and or not"),
    };

    /// <inheritdoc/>
    public Expression Visit(ValueExpression expression) => expression.Value switch
    {
        bool value => Expression.Constant(value),
        IConvertible value when expression.Type is NCalc.ValueType.Integer or NCalc.ValueType.Float
            && value.ToDouble(CultureInfo.InvariantCulture) is var number && double.IsFinite(number) => Expression.Constant(number),
        var value => throw new FormatException($"has \"{value}\" in it, which is no number"),
    };

    /// <inheritdoc/>
    public Expression Visit(Function function)
    {
        var name = function.Identifier.Name;
        LogicalExpression[] arguments = [.. function.Parameters];
        if (name.Equals("if", StringComparison.OrdinalIgnoreCase))
        {
            return arguments is [var condition, var then, var otherwise]
                ? If(condition, then, otherwise)
                : throw new FormatException("has an if that is not of the form if(condition, then, otherwise)");
        }

        return FormulaFunctions.Call(name, [.. arguments.Select(Number)]);
    }

    /// <inheritdoc/>
    public Expression Visit(Identifier identifier)
    {
        var id = identifier.Name.Trim();
        if (!_inputs.Contains(id))
        {
            _inputs.Add(id);
        }

        return Expression.ArrayIndex(Values, Expression.Constant(_inputs.IndexOf(id)));
    }

    /// <inheritdoc/>
    public Expression Visit(LogicalExpressionList list) => throw new FormatException("has a list in it; a comma stands only between the arguments of a function");

    private Expression Number(LogicalExpression expression)
    {
        var compiled = expression.Accept(this);
        return compiled.Type == typeof(double) ? compiled
            : throw new FormatException("has a condition where a number is needed; write if(condition, 1, 0)");
    }

    private Expression Condition(LogicalExpression expression)
    {
        var compiled = expression.Accept(this);
        return compiled.Type == typeof(bool) ? compiled
            : throw new FormatException("has a number where a condition is needed, such as [a] > 0");
    }

    private ConditionalExpression If(LogicalExpression condition, LogicalExpression then, LogicalExpression otherwise) =>
        Expression.Condition(Condition(condition), Number(then), Number(otherwise));
}
