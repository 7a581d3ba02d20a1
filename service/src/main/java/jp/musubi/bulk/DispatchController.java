package jp.musubi.bulk;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.StaffManner;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 一括送信, the sending: the whole list is shown before anything leaves, page after page. */
@Controller
@RequestMapping("/bulk/{run}")
@Needs(Act.SEND_IN_BULK)
class DispatchController {
  private static final int PAGE = 500;

  private final Runs runs;
  private final RunCodes codes;
  private final RunSheets sheets;
  private final Book book;
  private final Clock clock;

  DispatchController(Runs runs, RunCodes codes, RunSheets sheets, Book book, Clock clock) {
    this.runs = runs;
    this.codes = codes;
    this.sheets = sheets;
    this.book = book;
    this.clock = clock;
  }

  /** What will leave; the button stands on the last page. */
  @GetMapping("/review")
  ModelAndView review(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "1") int page) {
    return page(runs.get(run, clerk), page);
  }

  @PostMapping("/dispatch")
  ModelAndView send(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam String looked,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return leave(
        runs.get(run, clerk),
        idempotencyKey,
        looked,
        Optional.empty(),
        clerk,
        person,
        request,
        flash);
  }

  /** When they are to leave. */
  @GetMapping("/schedule")
  ModelAndView ask(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "") String looked) {
    return form(
        runs.get(run, clerk),
        UUID.randomUUID().toString(),
        looked,
        "",
        "0:00",
        Map.of(),
        HttpStatus.OK);
  }

  @PostMapping("/schedule")
  ModelAndView schedule(
      @PathVariable UUID run,
      @CurrentStaff StaffMember clerk,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam String looked,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String time,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var of = runs.get(run, clerk);
    var reader = new FormReader();
    var moment = moment(reader, day, time, of);
    if (moment.isEmpty()) {
      return form(
          of, idempotencyKey, looked, day, time, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return leave(of, idempotencyKey, looked, moment, clerk, person, request, flash);
  }

  /** The moment, if it lies between now and the deadline. */
  private Optional<Instant> moment(FormReader reader, String day, String time, Run run) {
    if (day.isBlank()) {
      reader.reject("day", "web.wrong.empty");
    }
    var date = reader.day("day", day);
    var hour = reader.time("time", time);
    if (date.isEmpty() || hour.isEmpty()) {
      return Optional.empty();
    }
    var moment = date.get().atTime(hour.get()).atZone(JapaneseDates.ZONE).toInstant();
    if (!moment.isAfter(clock.instant())) {
      reader.reject("day", "contract.schedule.wrong.past");
    } else if (!moment.isBefore(run.deadline())) {
      reader.reject(
          "day", "contract.schedule.wrong.afterDeadline", JapaneseDates.time(run.deadline()));
    }
    return reader.wrong().isEmpty() ? Optional.of(moment) : Optional.empty();
  }

  private ModelAndView form(
      Run run,
      String key,
      String looked,
      String day,
      String time,
      Map<String, Text> wrong,
      HttpStatus status) {
    var path = "/bulk/" + run.id();
    return Screens.form(
        Form.of(
                book.of("bulk.schedule"),
                sheets.crumbs(run, book.crumb("bulk.schedule", path + "/schedule")),
                path + "/schedule",
                List.of(
                    Screens.hidden("idempotencyKey", key),
                    Screens.hidden("looked", looked),
                    Field.required("day", "contract.schedule.day")
                        .hinted("contract.schedule.day.hint")
                        .drawn(Form.DAY)
                        .with(day)
                        .wrong(wrong.get("day")),
                    Field.required("time", "contract.schedule.time")
                        .drawn(Field.Look.TIME)
                        .with(time)
                        .wrong(wrong.get("time"))),
                "bulk.schedule.submit",
                path + "/review")
            .led(Text.of("bulk.schedule.lead")),
        status);
  }

  private ModelAndView leave(
      Run of,
      String key,
      String looked,
      Optional<Instant> releaseAt,
      StaffMember clerk,
      SignedInStaff person,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var run = of.id();
    var manner =
        StaffManner.of(
            StaffManner.entered(person),
            book.of(releaseAt.isPresent() ? "bulk.schedule.submit" : "bulk.send"),
            request.getRemoteAddr(),
            request.getHeader(HttpHeaders.USER_AGENT));
    var refusal = runs.send(run, key, looked, releaseAt, clerk, manner);
    if (refusal.isPresent()) {
      return Screens.refused(
          page(runs.get(run, clerk), 1), Text.of("bulk.refusal." + refusal.get()));
    }
    flash.addFlashAttribute("done", "bulk.done.sending");
    return new ModelAndView("redirect:/bulk/" + run);
  }

  /** The access codes, this once; asking for them changes something, so it is no GET. */
  @PostMapping("/codes")
  Object codes(
      @PathVariable UUID run, @CurrentStaff StaffMember clerk, HttpServletRequest request) {
    return switch (codes.take(run, clerk, request.getRemoteAddr())) {
      case RunCodes.Codes.Taken(var taken) -> {
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("行", "文書番号", "件名", "相手方", "役職", "氏名", "メール", "アクセスコード"));
        for (var each : taken) {
          lines.add(
              Stream.of(List.of(each.of().line() + ""), each.of().facts(), List.of(each.code()))
                  .flatMap(List::stream)
                  .toList());
        }
        yield CsvOut.download("access-codes.csv", lines);
      }
      case RunCodes.Codes.Refused(var why) ->
          Screens.refused(sheets.page(runs.get(run, clerk)), Text.of("bulk.refusal." + why));
    };
  }

  private ModelAndView page(Run run, int asked) {
    var drafts = runs.toSend(run);
    var pages = Math.max(1, (drafts.size() + PAGE - 1) / PAGE);
    var page = Math.clamp(asked, 1, pages);
    var path = "/bulk/" + run.id();
    var actions = new ArrayList<Sheet.Action>();
    if (page < pages) {
      actions.add(Sheet.Action.first("bulk.review.next", path + "/review?page=" + (page + 1)));
    } else if (!drafts.isEmpty()) {
      actions.add(
          new Sheet.Action(
              "bulk.send",
              path + "/dispatch",
              "solid-fill",
              Map.of(
                  "idempotencyKey",
                  UUID.randomUUID().toString(),
                  "looked",
                  Runs.digest(drafts).hex())));
      actions.add(
          Sheet.Action.link(
              "bulk.schedule", path + "/schedule?looked=" + Runs.digest(drafts).hex()));
    }
    actions.add(Sheet.Action.link("web.form.back", path));
    var shown = drafts.subList((page - 1) * PAGE, Math.min(drafts.size(), page * PAGE));
    var result =
        Screens.sheet(
            Sheet.of(book.of("bulk.review"), sheets.crumbs(run, book.crumb("bulk.review", path)))
                .led(Text.of("bulk.review.lead", page + "", pages + ""))
                .with(
                    List.of(
                        Fact.of("bulk.run.rows", book.of("bulk.rows", drafts.size() + "")),
                        Fact.of(
                            "bulk.run.sum",
                            Yen.format(
                                drafts.stream()
                                    .mapToLong(draft -> draft.amount().orElse(0))
                                    .sum()))))
                .listing(
                    List.of(
                        new Sheet.Table(
                            Text.of("bulk.review.list"),
                            List.of(
                                "bulk.line",
                                "contract.title",
                                "contract.counterparty",
                                "contract.amount"),
                            shown.stream().map(this::row).toList(),
                            "bulk.review.none"))));
    return result.addObject("closing", actions);
  }

  private List<Sheet.Cell> row(RowStore.Draft draft) {
    return List.of(
        Sheet.Cell.of(sheets.line(draft.line())),
        Sheet.Cell.link(draft.title(), "/contracts/" + draft.contract()).noted(draft.number()),
        Sheet.Cell.of(draft.organisation()).noted(draft.mail()),
        Sheet.Cell.of(sheets.yen(draft.amount())));
  }
}
