import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** One node of Elasticsearch for tests; the arguments are its settings, {@code name=value}. */
public class Launcher {
    public static void main(String[] arguments) throws Exception {
        LogConfigurator.configureESLogging();
        Settings.Builder builder = Settings.builder();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            builder.put(parts[0], parts[1]);
        }
        Settings settings = builder.build();
        Environment environment = new Environment(settings, Path.of(settings.get("path.home"), "config"));
        PluginsLoader modules = PluginsLoader.createPluginsLoader(
                PluginsLoader.loadModulesBundles(environment.modulesDir()), Set.of(), Map.of(), false);
        Node node = new Node(environment, modules).start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        System.in.read(); // until its other end is closed: whoever started this node has ended, however abruptly
        System.exit(0);
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (IOException error) {
            error.printStackTrace();
        }
    }
}
