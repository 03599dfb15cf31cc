using LiveViz.Server.Sources.Sql;

namespace LiveViz.Tests.Sources.Sql;

public class SqlOptionsTests
{
    [Theory]
    [InlineData("Provider", null, "LiveViz:Sources:0:Provider: must be one of Postgres, Sqlite")]
    [InlineData("Provider", "MySql", "LiveViz:Sources:0:Provider: \"MySql\" is not one of Postgres, Sqlite")]
    [InlineData("ConnectionString", "", "LiveViz:Sources:0:ConnectionString: \"\" must say how to reach the database")]
    [InlineData("Query", "SELECT 1", "LiveViz:Sources:0:Query: \"SELECT 1\" must have @since in it")]
    [InlineData("Mark", "", "LiveViz:Sources:0:Mark: \"\" must name the column")]
    [InlineData("Every", "00:00:00", "LiveViz:Sources:0:Every: \"00:00:00\" must be from 00:00:00.1")]
    [InlineData("Rows", "0", "LiveViz:Sources:0:Rows: \"0\" must be from 1 to 100000")]
    [InlineData("Start", "soon", "LiveViz:Sources:0:Start: \"soon\" must be Beginning, Now, a number, or a time such as 2026-01-02T03:04:05Z")]
    public void Wrong_setting_is_one_line_that_names_the_key_and_what_is_allowed(string key, string? value, string says)
    {
        Assert.StartsWith(says, Refusal((key, value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite", "Mode=ReadOnly", "names no file")]
    [InlineData("Postgres", "Password=secret", "names no server")]
    [InlineData("Postgres", "Hots=a;Password=secret", "unknown or malformed part")]
    [InlineData("Postgres", "Port=x;Password=secret", "unknown or malformed part")]
    public void Wrong_connection_string_is_said_without_what_is_in_it(string provider, string connectionString, string says)
    {
        var message = Refusal(("Provider", provider), ("ConnectionString", connectionString));

        Assert.StartsWith("LiveViz:Sources:0: ConnectionString", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static string Refusal(params (string, string?)[] changes) => SourceRefusal.Of(
        "Sql",
        () => new SqlOptions(),
        [("Provider", "Sqlite"), ("ConnectionString", "Data Source=plant.db"), ("Query", "SELECT * FROM readings WHERE id > @since ORDER BY id"), ("Mark", "id")],
        changes);
}
