package jp.musubi.agenda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.web.Book;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** 期限の予定表: a file to be taken into one's own calendar. */
@Controller
@Needs(Act.LIST_CONTRACTS)
class AgendaController {
  private final Occasions occasions;
  private final AccessRecord record;
  private final Book book;
  private final Clock clock;

  AgendaController(Occasions occasions, AccessRecord record, Book book, Clock clock) {
    this.occasions = occasions;
    this.record = record;
    this.book = book;
    this.clock = clock;
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says how many were taken")
  @GetMapping("/register/deadlines.ics")
  ResponseEntity<byte[]> file(@CurrentStaff StaffMember reader) {
    var all = new ArrayList<>(occasions.within(Authorisation.reach(reader, Act.SEE_CONTRACT)));
    all.addAll(occasions.ofMandates(reader));
    record.note("agenda.exported", null, Map.of("occasions", String.valueOf(all.size())));
    var name = book.of("agenda.title");
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/calendar; charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name + ".ics", UTF_8).build().toString())
        .cacheControl(CacheControl.noStore())
        .body(
            ICalendar.of(
                    name,
                    all,
                    of -> book.of("agenda." + of.what(), of.number(), of.title()),
                    clock.instant())
                .getBytes(UTF_8));
  }
}
