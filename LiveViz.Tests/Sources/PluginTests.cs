using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using LiveViz.Server;
using LiveViz.Server.Sources;
using LiveViz.Server.Sources.Plugins;
using LiveViz.Sources;
using LiveViz.Tests.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Sources;

public sealed class PluginTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-plugins-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Source_is_loaded_apart_and_speaks_the_servers_own_types()
    {
        var type = Assert.Single(Load(Repository.OwnSource));
        Assert.Equal("FreeSpace", type.Type);

        var options = type.NewOptions();
        ConfigurationReader.Fill(Section(("Type", "FreeSpace"), ("Path", "/"), ("Interval", "00:00:05")), options);
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider();
        var source = type.Create(services, options);

        Assert.Equal("Disk of /", options.DefaultName);
        Assert.Equal("Free on /", Assert.Single(source.Sensors).Name);
        Assert.Contains(System.Runtime.Loader.AssemblyLoadContext.All, context => context.Name == "OwnSource" && context.Assemblies.Contains(source.GetType().Assembly));
    }

    [Fact]
    public void Options_of_a_plug_in_are_checked_as_those_of_any_source()
    {
        var options = Assert.Single(Load(Repository.OwnSource)).NewOptions();

        Assert.Equal("x:Pth: is not known here; known are Interval, Name, Path, Type", Refusal(("Pth", "/")));
        Assert.Equal("x:Path: is missing; write a folder on the disk to be watched", Refusal());
        Assert.Equal("x:Interval: \"00:00:00\" must be from 00:00:00.1 to 01:00:00", Refusal(("Path", "/"), ("Interval", "00:00:00")));

        string Refusal(params (string, string)[] entries) =>
            Assert.Throws<WrongConfigurationException>(() => ConfigurationReader.Fill(Section([("Type", "FreeSpace"), .. entries]), options)).Message;
    }

    [Fact]
    public void Every_public_source_of_an_assembly_is_known_by_its_attribute_or_its_class()
    {
        var types = Load(typeof(PluginTests).Assembly.Location).Select(type => type.Type).ToList();

        Assert.Contains("Named", types);
        Assert.Contains("ServerMemory", types);
        Assert.DoesNotContain(types, type => type.Contains("Fake", StringComparison.Ordinal));
    }

    [Fact]
    public void Folder_gives_what_has_a_list_of_what_it_brings_along_and_folders_in_it_do()
    {
        var own = Directory.CreateDirectory(Path.Combine(_folder.FullName, "Own")).FullName;
        Copy(Repository.OwnSource, own);
        File.WriteAllText(Path.Combine(own, "Dependency.dll"), "not looked at");

        Assert.Equal(["Simulated", "FreeSpace"], Types(_folder.FullName));
    }

    [Fact]
    public void Plug_in_listed_twice_is_loaded_once() => Assert.Equal(["Simulated", "FreeSpace"], Types(Repository.OwnSource, Path.GetDirectoryName(Repository.OwnSource)!));

    [Fact]
    public void Source_that_is_there_already_is_refused()
    {
        var copy = Path.Combine(_folder.FullName, "Copy.dll");
        File.Copy(Repository.OwnSource, copy);

        Assert.Equal(
            $"LiveViz:Plugins:1: the plug-in {copy} has a source of the type \"FreeSpace\" in it, which there is already; give the class another name, or [SourceType(\"…\")]",
            Refusal(Repository.OwnSource, copy));
    }

    [Fact]
    public void Plug_in_that_is_not_there_is_said() =>
        Assert.Equal("LiveViz:Plugins:0: the plug-in /no/Such.dll is not there", Refusal("/no/Such.dll"));

    [Fact]
    public void Folder_without_a_plug_in_is_said() =>
        Assert.Contains("has no plug-in in it", Refusal(_folder.FullName), StringComparison.Ordinal);

    [Fact]
    public void File_that_is_no_assembly_is_said()
    {
        var file = Path.Combine(_folder.FullName, "Text.dll");
        File.WriteAllText(file, "text");

        Assert.Equal($"LiveViz:Plugins:0: the plug-in {file} is no .NET assembly, or not one for this kind of machine", Refusal(file));
    }

    [Fact]
    public void Assembly_without_a_source_is_said() =>
        Assert.EndsWith("has no public class in it that is an ISensorSource", Refusal(typeof(Assert).Assembly.Location), StringComparison.Ordinal);

    [Fact]
    public void Plug_in_built_against_another_version_is_said() =>
        Assert.Contains("was built for LiveViz 7.3.0, and this is 0.1.0", Refusal(BuiltAgainst("LiveViz.Shared", 7, 3)), StringComparison.Ordinal);

    [Fact]
    public void Plug_in_built_for_a_later_net_is_said() =>
        Assert.Contains("System.Runtime, Version=99.0", Refusal(BuiltAgainst("System.Runtime", 99, 0)), StringComparison.Ordinal);

    [Fact]
    public void List_that_is_a_text_is_said()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("LiveViz:Plugins", "Own.dll")]).Build();

        Assert.Equal(
            "LiveViz:Plugins: \"Own.dll\" is not a list; write LiveViz:Plugins:0 and so on",
            Assert.Throws<WrongConfigurationException>(() => new ServiceCollection().AddPlugins(configuration.GetSection("LiveViz:Plugins"))).Message);
    }

    [Fact]
    public void Constructor_that_throws_is_one_line_that_names_the_entry()
    {
        var type = new SourceType("Own", () => new SourceOptions(), (_, _) => throw new IOException("the device\nis gone"));

        Assert.Equal(
            "LiveViz:Sources:0: the source \"Pump\" of type Own could not be made: the device is gone",
            Assert.Throws<WrongConfigurationException>(() => TestSources.Factory(TestSources.Configuration(("0:Type", "Own"), ("0:Name", "Pump")), type).CreateAll()).Message);
    }

    private static IReadOnlyList<SourceType> Load(string path) => Plugin.Load(path);

    private static string[] Types(params string[] plugins)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new SourceType("Simulated", () => new SourceOptions(), (_, _) => throw new InvalidOperationException()));
        services.AddPlugins(Section([.. plugins.Select((path, i) => ($"{i}", path))], "LiveViz:Plugins"));
        return [.. services.Select(service => ((SourceType)service.ImplementationInstance!).Type)];
    }

    private static string Refusal(params string[] plugins)
    {
        var message = Assert.Throws<WrongConfigurationException>(() => Types(plugins)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] entries) => Section(entries, "x");

    private static IConfigurationSection Section((string Key, string Value)[] entries, string section) =>
        new ConfigurationBuilder().AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create<string, string?>($"{section}:{entry.Key}", entry.Value))).Build().GetSection(section);

    private static void Copy(string plugin, string folder)
    {
        foreach (var file in new[] { plugin, Path.ChangeExtension(plugin, ".deps.json") })
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    // The sample as it would be, had it been built against another version of what it refers to.
    private string BuiltAgainst(string assembly, ushort major, ushort minor)
    {
        var bytes = File.ReadAllBytes(Repository.OwnSource);
        using (var image = new PEReader(new MemoryStream(bytes)))
        {
            var reader = image.GetMetadataReader();
            var handle = reader.AssemblyReferences.Single(reference => reader.GetString(reader.GetAssemblyReference(reference).Name) == assembly);
            var row = image.PEHeaders.MetadataStartOffset + reader.GetTableMetadataOffset(TableIndex.AssemblyRef)
                + (MetadataTokens.GetRowNumber(handle) - 1) * reader.GetTableRowSize(TableIndex.AssemblyRef);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(row), major);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(row + 2), minor);
        }

        var file = Path.Combine(_folder.FullName, "Other.dll");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
