package jp.musubi.mandate;

import java.util.stream.Collectors;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;

/** How 委任 are called on pages, in lists and on the certificate. */
@Component
class MandateWords {
  private final Book book;

  MandateWords(Book book) {
    this.book = book;
  }

  /** 令和8年4月1日から令和9年3月31日まで. */
  String period(Mandate.Scope scope) {
    return book.of(
        "mandate.period", JapaneseDates.date(scope.from()), JapaneseDates.date(scope.until()));
  }

  /** 見積・入札、契約の締結. */
  String powers(Mandate.Scope scope) {
    return scope.powers().stream()
        .map(power -> book.of("mandate.power." + power))
        .collect(Collectors.joining("、"));
  }

  /** 工事、業務委託, or すべての契約. */
  String kinds(Mandate.Scope scope) {
    return scope.kinds().isEmpty()
        ? book.of("mandate.kinds.all")
        : scope.kinds().stream()
            .map(kind -> book.of("contract.kind." + kind))
            .collect(Collectors.joining("、"));
  }

  /** 5,000,000円まで, or 上限なし. */
  String most(Mandate.Scope scope) {
    return scope.most().isEmpty()
        ? book.of("mandate.most.none")
        : book.of("mandate.most.to", Yen.format(scope.most().getAsLong()));
  }

  /** For which contracts it holds, in one line. */
  String scope(Mandate.Scope scope) {
    return book.of(
        scope.single().isEmpty() ? "mandate.scope.said" : "mandate.scope.single",
        powers(scope),
        kinds(scope),
        most(scope),
        scope.single());
  }

  /** 第12号（令和8年3月20日）. */
  String paper(Mandate.Paper paper) {
    return book.of(
        "mandate.paper.said",
        paper.number().isEmpty() ? book.of("mandate.paper.unnumbered") : paper.number(),
        JapaneseDates.date(paper.on()));
  }
}
