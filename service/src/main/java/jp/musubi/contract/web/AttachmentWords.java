package jp.musubi.contract.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileSize;
import jp.musubi.platform.web.Option;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import org.springframework.stereotype.Component;

/** 附属書類 in words: sizes, kinds, and why one did not come in. */
@Component
class AttachmentWords {
  private final Words words;

  AttachmentWords(Words words) {
    this.words = words;
  }

  /** 1.2 MB, as people read sizes. */
  static String size(long bytes) {
    return FileSize.words(bytes);
  }

  String kind(Attachment attachment) {
    return words.of("contract.files.kind." + attachment.kind());
  }

  String role(Attachment attachment) {
    return words.of("contract.files.role." + attachment.role());
  }

  /** Why a file did not come in; nothing if it did. */
  List<String> reasons(Attachments.Outcome outcome) {
    return switch (outcome) {
      case Attachments.Outcome.Taken _ -> List.of();
      case Attachments.Outcome.Unfit(var reason) ->
          List.of(words.of("contract.files.wrong." + reason));
      case Attachments.Outcome.Rejected(var findings) ->
          findings.stream().map(this::told).distinct().toList();
    };
  }

  /** What to look at of a file that came in. */
  Stream<String> notices(String name, Attachments.Outcome outcome) {
    return outcome instanceof Attachments.Outcome.Taken(_, var findings)
        ? findings.stream()
            .map(finding -> words.of("contract.files.notice", name, told(finding)))
            .distinct()
        : Stream.empty();
  }

  Field kindField() {
    return Field.required("kind", "contract.files.kind")
        .offering(options("contract.files.kind.", Attachment.Kind.values()))
        .with(Attachment.Kind.TERMS.name());
  }

  /**
   * How a file belongs to the contract.
   *
   * @param settled whether the contract has left, so that there is no choice
   */
  Field roleField(boolean settled) {
    var choices =
        settled ? new Attachment.Role[] {Attachment.Role.INTERNAL} : Attachment.Role.values();
    return Field.required("role", "contract.files.role")
        .offering(options("contract.files.role.long.", choices))
        .with(choices[0].name());
  }

  private String told(Finding finding) {
    var what = FindingMessages.of(finding, Locale.JAPAN);
    return finding.page().isPresent()
        ? words.of("contract.rejected.page", finding.page().getAsInt()) + what
        : what;
  }

  private List<Option> options(String key, Enum<?>[] values) {
    return Arrays.stream(values)
        .map(each -> new Option(each.name(), words.of(key + each.name())))
        .toList();
  }
}
