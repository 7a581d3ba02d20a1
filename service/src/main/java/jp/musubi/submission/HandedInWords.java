package jp.musubi.submission;

import java.util.List;
import java.util.Locale;
import jp.musubi.contract.Attachments;
import jp.musubi.platform.web.Book;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import org.springframework.stereotype.Component;

/** Why a file cannot be taken, and what to look at of one that was, in words for the clerk. */
@Component
class HandedInWords {
  private final Book book;

  HandedInWords(Book book) {
    this.book = book;
  }

  List<String> reasons(Attachments.Outcome outcome) {
    return switch (outcome) {
      case Attachments.Outcome.Taken _ -> List.of();
      case Attachments.Outcome.Unfit(var reason) ->
          List.of(book.of("contract.files.wrong." + reason));
      case Attachments.Outcome.Rejected(var findings) -> notices(findings);
    };
  }

  List<String> notices(List<Finding> findings) {
    return findings.stream()
        .map(finding ->
            (finding.page().isPresent()
                    ? book.of("contract.rejected.page", finding.page().getAsInt())
                    : "")
                + FindingMessages.of(finding, Locale.JAPAN))
        .distinct()
        .toList();
  }
}
