package jp.musubi.journeys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A service of the test's own with a browser before it.
 *
 * @param folder where the test's files lie
 * @param screens where pictures of the pages go
 */
record Stage(ServiceProcess service, Browser browser, Inbox inbox, Path folder, Path screens)
    implements AutoCloseable {

  /** Starts both; skips the test, with a word, where no browser is installed. */
  static Stage open(Path folder, Path screens) throws IOException, InterruptedException {
    var chromium = Browser.installed();
    Assumptions.assumeTrue(
        chromium.isPresent(), "no Chromium is installed: the journeys were not walked");
    Files.createDirectories(screens);
    var service = ServiceProcess.start(Project.root(), folder.resolve("home"), 0);
    try {
      return new Stage(
          service,
          Browser.start(chromium.get()),
          new Inbox(service.home().resolve("mail")),
          folder,
          screens);
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
  }

  /** A sample contract of the trial under a name of the test's. */
  Path sample(int number, String name) throws IOException, InterruptedException {
    var file = folder.resolve(name);
    Files.write(file, new Visitor(service.address()).download("/trial/samples/" + number));
    return file;
  }

  @Override
  public void close() {
    browser.close();
    service.close();
  }
}
