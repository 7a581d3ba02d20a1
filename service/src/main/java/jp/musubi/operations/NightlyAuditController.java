package jp.musubi.operations;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 毎晩の監査: what the service found about itself, night by night. */
@Controller
@Needs(Act.AUDIT_SERVICE)
class NightlyAuditController {
  static final String PATH = "/nightly-audit";

  private final NightlyAudit nightly;
  private final SchedulerClient scheduler;
  private final Book book;
  private final Clock clock;

  NightlyAuditController(
      NightlyAudit nightly, @Lazy SchedulerClient scheduler, Book book, Clock clock) {
    this.nightly = nightly;
    this.scheduler = scheduler;
    this.book = book;
    this.clock = clock;
  }

  @Bean
  static NavigationItem toNightlyAudit() {
    return new NavigationItem(436, "list", "nightly-audit.heading", PATH, Set.of("OPERATOR"));
  }

  @GetMapping(PATH)
  ModelAndView show() {
    var runs = nightly.newestFirst();
    var tables = new ArrayList<Sheet.Table>();
    runs.stream()
        .findFirst()
        .filter(run -> !run.isClean())
        .map(this::findings)
        .ifPresent(tables::add);
    tables.add(
        new Sheet.Table(
            Text.of("nightly-audit.runs"),
            List.of(
                "nightly-audit.at",
                "nightly-audit.extent",
                "nightly-audit.looked-at",
                "nightly-audit.result"),
            runs.stream().map(this::row).toList(),
            "nightly-audit.none"));
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("nightly-audit.heading"),
                List.of(
                    book.crumb("people.crumb.home", "/"),
                    book.crumb("nightly-audit.heading", PATH)))
            .led(Text.of("nightly-audit.lead"))
            .warning(warning(runs))
            .doing(List.of(new Sheet.Action("nightly-audit.ask", PATH, "outline", Map.of())))
            .listing(tables));
  }

  /** Twice is the same as once: the one job is only due earlier. */
  @PostMapping(PATH)
  ModelAndView ask(
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request,
      RedirectAttributes flash) {
    nightly.asked(operator.member(), request.getRemoteAddr());
    try {
      scheduler.reschedule(
          TaskInstanceId.of(NightlyAuditConfiguration.NAME, RecurringTask.INSTANCE),
          clock.instant());
    } catch (TaskInstanceCurrentlyExecutingException e) {
      // It is what was asked for.
    }
    flash.addFlashAttribute("done", "nightly-audit.asked");
    return new ModelAndView("redirect:" + PATH);
  }

  private @Nullable Text warning(List<AuditRun> runs) {
    if (nightly.isOverdue()) {
      return Text.of(
          "nightly-audit.warning.absent", String.valueOf(NightlyAudit.PATIENCE.toHours()));
    }
    return runs.stream()
        .findFirst()
        .filter(run -> !run.isClean())
        .map(run -> Text.of("nightly-audit.warning.found", String.valueOf(run.violations())))
        .orElse(null);
  }

  private Sheet.Table findings(AuditRun run) {
    return new Sheet.Table(
        Text.of("nightly-audit.findings", String.valueOf(run.violations())),
        List.of(
            "nightly-audit.promise",
            "nightly-audit.body",
            "nightly-audit.subject",
            "nightly-audit.what"),
        run.findings().stream()
            .map(each ->
                List.of(
                    Sheet.Cell.of(each.invariant()),
                    Sheet.Cell.of(each.body()),
                    Sheet.Cell.of(each.subject()),
                    Sheet.Cell.of(book.of("operations.code." + each.code())).noted(each.detail())))
            .toList(),
        "nightly-audit.none");
  }

  private List<Sheet.Cell> row(AuditRun run) {
    return List.of(
        Sheet.Cell.of(JapaneseDates.time(run.startedAt()))
            .noted(
                book.of(
                    "nightly-audit.took",
                    Math.max(1, Duration.between(run.startedAt(), run.endedAt()).toSeconds()))),
        Sheet.Cell.of(book.of("nightly-audit.extent." + run.extent())),
        Sheet.Cell.of(
            book.of("nightly-audit.amount", run.bodies(), run.contracts(), run.objects())),
        Sheet.Cell.of(
            run.isClean()
                ? book.of("nightly-audit.clean")
                : book.of("nightly-audit.dirty", run.violations())));
  }
}
