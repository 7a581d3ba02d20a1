package jp.musubi.journeys;

import java.util.Arrays;
import jp.musubi.journeys.drill.DrillMain;
import jp.musubi.journeys.load.BulkMain;
import jp.musubi.journeys.load.LoadMain;
import jp.musubi.journeys.reliability.ReliabilityMain;
import jp.musubi.journeys.requirements.RequirementsMain;

/**
 * The commands of this module: {@code demo}, {@code drill}, {@code bulk}, {@code load}, {@code
 * reliability} and {@code requirements}.
 */
public final class JourneysMain {
  private JourneysMain() {}

  /** Runs the command that the first argument names. */
  public static void main(String[] args) throws Exception {
    var rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (args.length == 0 ? "" : args[0]) {
      case "demo" -> DemoMain.main(rest);
      case "drill" -> DrillMain.main(rest);
      case "bulk" -> BulkMain.main(rest);
      case "load" -> LoadMain.main(rest);
      case "reliability" -> ReliabilityMain.main(rest);
      case "requirements" -> RequirementsMain.main(rest);
      default -> {
        System.err.println("There is no such command; see ./musubi help.");
        System.exit(2);
      }
    }
  }
}
