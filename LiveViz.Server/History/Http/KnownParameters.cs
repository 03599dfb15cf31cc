using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace LiveViz.Server.History.Http;

/// <summary>Refuses what a query has beside the parameters of the endpoint: one that is misspelt would change what is answered.</summary>
internal static class KnownParameters
{
    /// <summary>Makes the filter of an endpoint, of its own parameters.</summary>
    public static EndpointFilterDelegate Only(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var known = endpoint.MethodInfo.GetParameters()
            .Where(parameter => (parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(string[])) && parameter.GetCustomAttribute<FromRouteAttribute>() is null)
            .Select(parameter => parameter.Name!)
            .ToList();
        return invocation => invocation.HttpContext.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? ValueTask.FromResult<object?>(HistoryProblem.Wrong($"\"{unknown}\" is no parameter here; known are {string.Join(", ", known)}."))
            : next(invocation);
    }
}
