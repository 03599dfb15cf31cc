namespace LiveViz.Server.Processing;

/// <summary>Puts formulas in an order in which each comes after those it is made of.</summary>
internal static class FormulaOrder
{
    /// <summary>Sorts them; those that do not depend on each other stay in the order of the configuration.</summary>
    /// <exception cref="WrongConfigurationException">One is made of itself, directly or through others.</exception>
    public static IReadOnlyList<FormulaDefinition> Sort(IReadOnlyList<FormulaDefinition> formulas, SensorSettings settings)
    {
        // By the id of a sensor that a formula makes: itself, or what is made of it.
        var makers = new Dictionary<string, FormulaDefinition>(StringComparer.Ordinal);
        foreach (var formula in formulas)
        {
            foreach (var id in settings.MadeOf(formula.Id))
            {
                makers.TryAdd(id, formula);
            }
        }

        foreach (var formula in formulas)
        {
            makers[formula.Id] = formula;
        }

        var sorted = new List<FormulaDefinition>();
        var done = new HashSet<FormulaDefinition>();
        foreach (var formula in formulas)
        {
            Visit(formula, []);
        }

        return sorted;

        void Visit(FormulaDefinition formula, List<FormulaDefinition> path)
        {
            if (path.IndexOf(formula) is >= 0 and var begin)
            {
                var circle = string.Join(" is made of ", path.Skip(begin).Append(formula).Select(f => f.Id));
                throw new WrongConfigurationException(path[begin].Key, $"goes in a circle: {circle}");
            }

            if (!done.Contains(formula))
            {
                path.Add(formula);
                foreach (var id in formula.Formula.Inputs)
                {
                    if (makers.TryGetValue(id, out var maker))
                    {
                        Visit(maker, path);
                    }
                }

                path.Remove(formula);
                done.Add(formula);
                sorted.Add(formula);
            }
        }
    }
}
