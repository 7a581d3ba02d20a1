package jp.musubi.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.History;
import jp.musubi.evidence.HistoryPdf;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 契約の経過: everything that was done with one contract, on a page and as a PDF. */
@Controller
@Needs(Act.SEE_CONTRACT)
@RequestMapping("/contracts/{id}")
class HistoryController {
  private final Contracts contracts;
  private final Histories histories;
  private final AccessRecord record;
  private final Book book;
  private final Clock clock;

  HistoryController(
      Contracts contracts, Histories histories, AccessRecord record, Book book, Clock clock) {
    this.contracts = contracts;
    this.histories = histories;
    this.record = record;
    this.book = book;
    this.clock = clock;
  }

  @GetMapping("/history")
  ModelAndView page(@PathVariable UUID id, @AuthenticationPrincipal SignedInStaff reader) {
    var contract = contracts.get(new ContractId(id));
    var history = histories.of(contract, reader.bodyName());
    var path = "/contracts/" + id;
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("audit.history"),
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(contract.title(), path),
                    book.crumb("audit.history", path + "/history")))
            .led(Text.of("audit.history.lead"))
            .with(
                List.of(
                    Fact.of("contract.title", contract.title()),
                    Fact.of("audit.history.number", contract.number()),
                    Fact.of("audit.history.state", history.state())))
            .doing(List.of(Sheet.Action.first("audit.history.pdf", path + "/history.pdf")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("audit.history.steps"),
                        List.of(
                            "audit.column.at",
                            "audit.column.what",
                            "audit.column.who",
                            "audit.column.ip",
                            "audit.history.entry"),
                        history.steps().stream().map(HistoryController::row).toList(),
                        "audit.none"))));
  }

  private static List<Sheet.Cell> row(History.Step step) {
    return List.of(
        Sheet.Cell.of(step.at()),
        Sheet.Cell.of(step.what()).noted(step.note()),
        Sheet.Cell.of(step.who()).noted(step.capacity()),
        Sheet.Cell.of(step.from() == null ? "—" : step.from()),
        Sheet.Cell.of(String.valueOf(step.seq())).noted(step.hash().substring(0, 16)));
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry says that the sheet was taken away")
  @GetMapping("/history.pdf")
  void pdf(
      @PathVariable UUID id,
      @AuthenticationPrincipal SignedInStaff reader,
      HttpServletResponse response)
      throws IOException {
    var contract = contracts.get(new ContractId(id));
    record.note("document.downloaded", id, Map.of("kind", "history"));
    response.setContentType(MediaType.APPLICATION_PDF_VALUE);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(contract.number() + "_契約の経過.pdf", StandardCharsets.UTF_8)
            .build()
            .toString());
    HistoryPdf.write(
        histories.of(contract, reader.bodyName()), clock.instant(), response.getOutputStream());
  }
}
