package jp.musubi.operations;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import jp.musubi.platform.secrets.MasterKeyMissing;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./musubi audit}: the auditor without a web server, jobs or mail. */
public final class AuditCommand {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.operations", Locale.ROOT);

  private AuditCommand() {}

  /** Only what the auditor stands on; not found by the service's own component scan. */
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    TransactionAutoConfiguration.class
  })
  @ComponentScan(
      basePackages = {"jp.musubi.platform", "jp.musubi.vault", "jp.musubi.evidence"},
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              // The auditor answers no requests. It opens stored files, as the service does.
              pattern = "jp\\.musubi\\.platform\\.web\\..*"))
  @Import(OperationsConfiguration.class)
  private static final class Parts {}

  /**
   * Audits and prints.
   *
   * @param settings where the database, the store and the trust anchors are
   * @param scope of which body
   * @param json one JSON object instead of sentences
   * @param err where it is said why nothing was checked
   * @return the exit code: 0 clean, 1 violations, 2 if nothing was checked: the master key or the
   *     body is not there
   */
  public static int run(
      Map<String, Object> settings,
      AuditScope scope,
      boolean json,
      PrintStream out,
      PrintStream err) {
    try (var context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .properties(settings)
            // Standard output is the report's alone.
            .run("--logging.level.root=off", "--logging.level.jp.musubi=off")) {
      var report = context.getBean(Auditor.class).audit(scope);
      if (json) {
        out.println(JsonMapper.builder().build().writeValueAsString(report));
      } else {
        print(report, out);
      }
      return report.isClean() ? 0 : 1;
    } catch (NoSuchBody e) {
      err.println(word("no-such-body", String.valueOf(e.getMessage())));
      return 2;
    } catch (RuntimeException e) {
      var missing = MasterKeyMissing.in(e);
      if (missing.isEmpty()) {
        throw e;
      }
      err.println(word("no-master-key", String.valueOf(missing.get().getMessage())));
      return 2;
    }
  }

  /**
   * Audits a database that was restored, beside a running service and without touching it: a
   * context of its own, and none of the application's listeners, which would set up logging anew.
   *
   * @param base where everything is that {@code settings} does not name
   * @param settings where the restored database is
   * @param scope of which body, and which files are read
   * @param now the moment it was restored to
   */
  public static AuditReport report(
      ConfigurableEnvironment base, Map<String, Object> settings, AuditScope scope, Instant now) {
    var environment = new StandardEnvironment();
    environment.setConversionService(new ApplicationConversionService());
    var sources = environment.getPropertySources();
    base.getPropertySources().stream()
        .filter(
            source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
        .filter(source -> !sources.contains(source.getName()))
        .forEach(sources::addLast);
    sources.addFirst(new MapPropertySource("restored", settings));
    ConfigurationPropertySources.attach(environment);
    try (var context = new AnnotationConfigApplicationContext()) {
      context.setEnvironment(environment);
      context
          .getBeanFactory()
          .setConversionService(ApplicationConversionService.getSharedInstance());
      context.getBeanFactory().registerSingleton("clock", Clock.fixed(now, ZoneOffset.UTC));
      context.register(Parts.class);
      context.refresh();
      return context.getBean(Auditor.class).audit(scope);
    }
  }

  private static void print(AuditReport report, PrintStream out) {
    for (var violation : report.violations()) {
      out.println(
          word(
              "violation",
              violation.invariant(),
              violation.body(),
              violation.subject(),
              word("code." + violation.code()),
              violation.detail()));
    }
    out.println(
        word(
            report.isClean() ? "clean" : "dirty",
            report.bodies(),
            report.contracts(),
            report.objects(),
            report.violations().size()));
    if (!report.secondStore()) {
      out.println(word("no-second-store"));
    }
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("operations." + key), Locale.JAPAN).format(values);
  }
}
