package jp.musubi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import jp.musubi.backup.BackupCommand;
import jp.musubi.operations.AuditCommand;
import jp.musubi.operations.AuditScope;
import jp.musubi.operations.RecordCommand;
import jp.musubi.trial.Trial;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** むすび — electronic contracts for local governments: the web service. */
@SpringBootApplication
public class MusubiApplication {

  /**
   * Starts what the command line asks for.
   *
   * <p>{@code start} serves, on the embedded trial parts or, with {@code --production}, on what the
   * configuration names. {@code audit} checks the invariants and exits: 0 clean, 1 violations.
   * {@code backup}, {@code restore} and {@code drill} are {@link BackupCommand}'s.
   */
  public static void main(String[] args) {
    // Spring's logging starts later than the embedded database.
    for (var chatty : new String[] {"io.zonky", "com.zaxxer"}) {
      LoggingSystem.get(MusubiApplication.class.getClassLoader())
          .setLogLevel(chatty, LogLevel.WARN);
    }
    if (BackupCommand.isMeant(args)) {
      System.exit(BackupCommand.run(args, System.out, System.err));
    }
    try {
      var command = CommandLine.parse(args);
      switch (command.command()) {
        case START -> start(command);
        case AUDIT -> System.exit(audit(command));
      }
    } catch (CommandLine.Unusable e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void start(CommandLine command) {
    var application = new SpringApplication(MusubiApplication.class);
    if (command.production()) {
      application.addListeners(
          (ApplicationListener<ApplicationEnvironmentPreparedEvent>)
              event -> insistOnReadiness(event.getEnvironment()));
      application.run(arguments(command, Map.of("musubi.production", true)));
      return;
    }
    var port = command.port() == 0 ? freePort() : command.port();
    if (command.partsOf().isPresent()) {
      node(application, command.partsOf().get(), port, command);
      return;
    }
    var url = URI.create("http://localhost:" + port);
    var trial =
        Trial.open(command.home(), url)
            .orElseThrow(() ->
                new CommandLine.Unusable(
                    "Another Musubi already runs on the folder %s; stop it first or name another with --home."
                        .formatted(command.home())));
    if (command.partsOnly()) {
      parts(trial);
      return;
    }
    SpringApplication.getShutdownHandlers().add(trial::close);
    var settings = new HashMap<>(trial.settings());
    settings.put("server.port", port);
    settings.put("musubi.trial.demo-data", command.demoData());
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("mailbox", trial.mailbox()));
    try {
      application.run(arguments(command, settings));
    } catch (RuntimeException e) {
      trial.close();
      throw e;
    }
    ready(url, command);
  }

  /** One of several services on the same parts, none of which it started itself: a node. */
  private static void node(
      SpringApplication application, Path parts, int port, CommandLine command) {
    var settings = new HashMap<>(Trial.settingsOf(parts));
    settings.put("musubi.trial.enabled", false);
    settings.put("musubi.trial.demo-data", command.demoData());
    settings.put("server.port", port);
    application.run(arguments(command, settings));
    System.out.println("Musubi is ready: http://localhost:" + port);
    System.out.flush();
  }

  /** Database, timestamps and post office for nodes; until the process is asked to end. */
  private static void parts(Trial trial) {
    Runtime.getRuntime().addShutdownHook(new Thread(trial::close));
    trial.writeSample();
    System.out.println("Musubi's parts are ready.");
    System.out.flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Names every reason not to serve, and ends; before anything is opened or migrated. */
  private static void insistOnReadiness(Environment environment) {
    var reasons = ProductionReadiness.reasons(environment::getProperty);
    if (!reasons.isEmpty()) {
      System.err.println("本番として起動できません。次を直してから、もう一度起動してください。");
      reasons.forEach(reason -> System.err.println("・" + reason));
      System.exit(2);
    }
  }

  private static void ready(URI url, CommandLine command) {
    System.out.println("Musubi is ready: " + url);
    if (command.demoData()) {
      System.out.println();
      System.out.println("試用の団体と職員（パスワードはすべて " + Trial.PASSWORD + "）");
      System.out.println("  上毛市 109991   hanako（道路課 担当者）  kenji（建築課 担当者）  makoto（道路課長 承認者）");
      System.out.println("                  taro（市長・締結者）  fumi（副市長・職務代理者）  jiro（建設部 閲覧者）");
      System.out.println("                  kiyoshi（団体管理者）  setsuko（建設部 所属管理者）  kanako（監査）");
      System.out.println("  赤城町 109983   midori（担当者）  goro（町長・締結者）  sachi（団体管理者）");
      System.out.println("  むすび運営 000000   unei、eiko（運営者）  jimu（事務局）");
    }
    System.out.println("届いたメール: " + url + "/trial/mailbox");
    System.out.println("データの場所: " + command.home().toAbsolutePath().normalize());
    System.out.println("終了: Ctrl-C");
    System.out.flush();
  }

  private static int audit(CommandLine command) {
    if (command.record().isPresent()) {
      return RecordCommand.run(
          command.record().get(), command.anchors(), command.json(), System.out, System.err);
    }
    var scope = command.body().map(AuditScope::of).orElse(AuditScope.whole());
    return Trial.inspect(
        command.home(),
        settings -> AuditCommand.run(settings, scope, command.json(), System.out, System.err));
  }

  private static String[] arguments(CommandLine command, Map<String, Object> settings) {
    var arguments = new java.util.ArrayList<String>();
    settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    arguments.addAll(command.rest());
    return arguments.toArray(String[]::new);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
