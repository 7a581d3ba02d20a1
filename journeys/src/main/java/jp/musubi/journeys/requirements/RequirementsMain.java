package jp.musubi.journeys.requirements;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./musubi requirements}: prints the tender's response sheet, or the one of the law.
 *
 * <p>Exit 0 printed, 1 the requirements file is absent or unreadable, 2 wrong usage.
 */
public final class RequirementsMain {
  private final Path workingDirectory;
  private final PrintStream out;
  private final PrintStream err;
  private final ResourceBundle words =
      ResourceBundle.getBundle(
          RequirementsMain.class.getPackageName() + ".messages",
          Locale.ROOT,
          RequirementsMain.class.getModule());

  RequirementsMain(Path workingDirectory, PrintStream out, PrintStream err) {
    this.workingDirectory = workingDirectory;
    this.out = out;
    this.err = err;
  }

  /**
   * Prints to the console; both streams are UTF-8 whatever the locale says.
   *
   * <p>The repository is found from the system property {@code musubi.root}, else upward from here.
   */
  public static void main(String[] args) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var start = Path.of(System.getProperty("musubi.root", ""));
    System.exit(new RequirementsMain(start, out, err).run(args));
  }

  int run(String... args) {
    var format = "md";
    var demands = Demands.TENDER;
    @Nullable Path file = null;
    for (int i = 0; i < args.length; i += 2) {
      var value = i + 1 < args.length ? args[i + 1] : "";
      if (args[i].equals("--format") && (value.equals("md") || value.equals("csv"))) {
        format = value;
      } else if (args[i].equals("--of") && Demands.of(value).isPresent()) {
        demands = Demands.of(value).get();
      } else if (args[i].equals("--file") && !value.isEmpty()) {
        file = workingDirectory.resolve(value);
      } else {
        err.println(words.getString("usage"));
        return 2;
      }
    }
    if (file == null) {
      var root = RequirementsFile.rootAbove(workingDirectory);
      if (root.isEmpty()) {
        err.println(words.getString("file.absent"));
        return 1;
      }
      file = root.get().resolve(demands.place());
    }
    return print(demands, format, file);
  }

  private int print(Demands demands, String format, Path file) {
    try {
      var sheet = new ResponseSheet(demands, RequirementsFile.read(demands, file));
      out.print(format.equals("csv") ? sheet.csv() : sheet.markdown());
      out.flush();
      return 0;
    } catch (IOException | RequirementsUnreadable unreadable) {
      err.println(
          MessageFormat.format(words.getString("file.unreadable"), file, unreadable.getMessage()));
      return 1;
    }
  }
}
