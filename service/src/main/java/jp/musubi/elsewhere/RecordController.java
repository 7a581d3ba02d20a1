package jp.musubi.elsewhere;

import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.verification.Judgements;
import jp.musubi.verification.SignatureSheet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** 登録したときの検証の記録, of a contract that was concluded elsewhere. */
@Controller
@Needs(Act.SEE_CONTRACT)
class RecordController {
  private final Receiving receiving;
  private final Contracts contracts;
  private final Judgements judgements;
  private final Book book;

  RecordController(Receiving receiving, Contracts contracts, Judgements judgements, Book book) {
    this.receiving = receiving;
    this.contracts = contracts;
    this.judgements = judgements;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param result null once the contract was disposed of
   */
  record Page(List<Crumb> crumbs, List<Fact> facts, @Nullable SignatureSheet result) {}

  @GetMapping("/contracts/{id}/elsewhere")
  ModelAndView show(@PathVariable UUID id) {
    var contract = contracts.get(new ContractId(id));
    var record =
        receiving
            .of(contract.id())
            .orElseThrow(() -> new NotFound("record from elsewhere of contract " + id));
    var path = "/contracts/" + id;
    var unknown = book.of("elsewhere.unknown");
    return new ModelAndView(
        "elsewhere/record",
        "page",
        new Page(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                new Crumb(contract.title(), path),
                book.crumb("elsewhere.record", path + "/elsewhere")),
            List.of(
                Fact.of("elsewhere.service", record.service()),
                Fact.of("elsewhere.standing", book.of("elsewhere.standing." + record.standing())),
                Fact.of(
                    "elsewhere.concludedAt",
                    record.provenAt().map(JapaneseDates::time).orElse(unknown)),
                new Fact(
                    "elsewhere.until",
                    record.verifiableUntil().map(JapaneseDates::date).orElse(unknown),
                    book.of("elsewhere.until.note")),
                new Fact(
                    "elsewhere.registered",
                    record.registeredName(),
                    JapaneseDates.time(record.registeredAt()))),
            record
                .report()
                .map(report -> judgements.sheet(report, record.judgedAt()))
                .orElse(null)));
  }
}
