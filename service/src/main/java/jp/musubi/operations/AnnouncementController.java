package jp.musubi.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** お知らせを出す: what everybody is to read on coming in. */
@Controller
@Needs(Act.ANNOUNCE)
class AnnouncementController {
  private static final int TEXT_LENGTH = 1000;

  private final Announcements announcements;
  private final Book book;
  private final Clock clock;

  AnnouncementController(Announcements announcements, Book book, Clock clock) {
    this.announcements = announcements;
    this.book = book;
    this.clock = clock;
  }

  /** The form as typed. */
  record Typed(
      @Nullable String kind,
      @Nullable String title,
      @Nullable String text,
      @Nullable String fromDay,
      @Nullable String fromTime,
      @Nullable String untilDay,
      @Nullable String untilTime) {}

  @Bean
  static NavigationItem toAnnouncements() {
    return new NavigationItem(
        440, "list", "announcement.nav", "/announcements", Set.of("OPERATOR"));
  }

  @GetMapping("/announcements")
  ModelAndView list() {
    var now = clock.instant();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("announcement.list"), crumbs())
            .led(Text.of("announcement.list.lead"))
            .doing(List.of(Sheet.Action.first("announcement.new", "/announcements/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("announcement.list"),
                        List.of(
                            "announcement.title",
                            "announcement.kind",
                            "announcement.shown",
                            "people.action"),
                        announcements.all().stream().map(each -> row(each, now)).toList(),
                        "announcement.none"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/announcements/new")
  ModelAndView begin() {
    return form(
        new Typed("MAINTENANCE", null, null, null, null, null, null), Map.of(), HttpStatus.OK);
  }

  @PostMapping("/announcements")
  ModelAndView publish(
      @AuthenticationPrincipal SignedInStaff operator,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var read = read(reader, typed);
    if (!reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    announcements.publish(read, operator.member(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "announcement.published");
    return new ModelAndView("redirect:/announcements");
  }

  @PostMapping("/announcements/{announcement}/end")
  ModelAndView end(
      @PathVariable UUID announcement,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request,
      RedirectAttributes flash) {
    announcements.end(announcement, operator.member(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "announcement.ended");
    return new ModelAndView("redirect:/announcements");
  }

  private Announcement read(FormReader reader, Typed typed) {
    var kind =
        Arrays.stream(Announcement.Kind.values())
            .filter(each -> each.name().equals(typed.kind()))
            .findFirst()
            .orElseGet(() -> {
              reader.reject("kind", "people.wrong.choose");
              return Announcement.Kind.NEWS;
            });
    var title = reader.line("title", typed.title(), 100, true);
    var text = reader.lines("text", typed.text(), TEXT_LENGTH);
    var from = moment(reader, "from", typed.fromDay(), typed.fromTime());
    var until = moment(reader, "until", typed.untilDay(), typed.untilTime());
    var begins = from.orElseGet(clock::instant);
    if (until.filter(end -> !end.isAfter(begins)).isPresent()) {
      reader.reject("untilDay", "announcement.wrong.until");
    }
    return new Announcement(UUID.randomUUID(), kind, title, text, begins, until.orElse(null));
  }

  /** Empty when neither day nor time was typed. */
  private static Optional<Instant> moment(
      FormReader reader, String which, @Nullable String day, @Nullable String time) {
    if ((day == null || day.isBlank()) && (time == null || time.isBlank())) {
      return Optional.empty();
    }
    if (day == null || day.isBlank()) {
      reader.reject(which + "Day", "web.wrong.empty");
    }
    var date = reader.day(which + "Day", day);
    var hour = reader.time(which + "Time", time);
    return date.flatMap(on -> hour.map(at -> on.atTime(at).atZone(JapaneseDates.ZONE).toInstant()));
  }

  private List<Sheet.Cell> row(Announcement each, Instant now) {
    var until = each.shownUntil();
    return List.of(
        Sheet.Cell.of(each.title()).noted(each.text()),
        Sheet.Cell.of(book.of("announcement.kind." + each.kind())),
        Sheet.Cell.of(
            JapaneseDates.time(each.shownFrom())
                + "〜"
                + (until == null ? "" : JapaneseDates.time(until))),
        each.isOver(now)
            ? Sheet.Cell.of(book.of("announcement.over"))
            : Sheet.Cell.of(
                Sheet.Action.press(
                    "announcement.end", "/announcements/" + each.id() + "/end", Map.of())));
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("people.crumb.home", "/"), book.crumb("announcement.list", "/announcements"));
  }

  private ModelAndView form(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var kinds =
        Arrays.stream(Announcement.Kind.values())
            .map(kind -> new Option(kind.name(), book.of("announcement.kind." + kind)))
            .toList();
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("announcement.new"),
                    crumbs(),
                    "/announcements",
                    List.of(
                        Field.required("kind", "announcement.kind")
                            .with(typed.kind())
                            .offering(kinds)
                            .wrong(wrong.get("kind")),
                        Field.required("title", "announcement.title")
                            .with(typed.title())
                            .wrong(wrong.get("title")),
                        Field.required("text", "announcement.text")
                            .drawn(Form.LINES)
                            .with(typed.text())
                            .hinted("announcement.text.hint")
                            .wrong(wrong.get("text")),
                        Field.optional("fromDay", "announcement.fromDay")
                            .drawn(Form.DAY)
                            .with(typed.fromDay())
                            .hinted("announcement.from.hint")
                            .wrong(wrong.get("fromDay")),
                        Field.optional("fromTime", "announcement.fromTime")
                            .drawn(Field.Look.TIME)
                            .with(typed.fromTime())
                            .wrong(wrong.get("fromTime")),
                        Field.optional("untilDay", "announcement.untilDay")
                            .drawn(Form.DAY)
                            .with(typed.untilDay())
                            .hinted("announcement.until.hint")
                            .wrong(wrong.get("untilDay")),
                        Field.optional("untilTime", "announcement.untilTime")
                            .drawn(Field.Look.TIME)
                            .with(typed.untilTime())
                            .wrong(wrong.get("untilTime"))),
                    "announcement.new.submit",
                    "/announcements")
                .led(Text.of("announcement.new.lead")));
    page.setStatus(status);
    return page;
  }
}
