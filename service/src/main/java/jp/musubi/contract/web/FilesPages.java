package jp.musubi.contract.web;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.DocumentSet;
import jp.musubi.contract.Particulars;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Field;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the page of a contract's files together. */
@Component
class FilesPages {
  /** Several files at once, of the formats that are kept. */
  private static final Field.Look FILES =
      new Field.Look("file", null, null, null, null, null, null);

  private final Attachments attachments;
  private final Organisations organisations;
  private final FormKeys keys;
  private final AttachmentWords told;
  private final Words words;

  FilesPages(
      Attachments attachments,
      Organisations organisations,
      FormKeys keys,
      AttachmentWords told,
      Words words) {
    this.attachments = attachments;
    this.organisations = organisations;
    this.keys = keys;
    this.told = told;
    this.words = words;
  }

  FilesPage of(Particulars contract, StaffMember reader, List<FilesPage.Wrong> wrong) {
    var set = attachments.of(contract.id());
    var draft = contract.state().equals("DRAFT");
    var clerk = handles(contract, reader);
    return new FilesPage(
        path(contract),
        contract.title(),
        draft,
        clerk,
        contract.fileName(),
        words.of("contract.pages", set.documentPages()),
        Arrays.stream(Attachment.Role.values())
            .map(role -> group(contract, set, role, clerk && draft))
            .toList(),
        wrong,
        List.of(
            told.kindField(),
            told.roleField(!draft),
            Field.required("files", "contract.files.files")
                .hinted("contract.files.files.hint")
                .drawn(FILES)),
        keys.next(),
        words.of(
            "contract.files.total",
            set.attachments().size(),
            DocumentSet.MOST_FILES,
            AttachmentWords.size(set.attachments().stream().mapToLong(Attachment::bytes).sum())));
  }

  /** Whether the reader handles the contract. */
  boolean handles(Particulars contract, StaffMember reader) {
    var place = new Target(organisations.pathOf(contract.sectionId()), Set.of());
    return Authorisation.reach(reader, Act.HANDLE_CONTRACT).covers(place);
  }

  /** What is part of the contract, for its other pages. */
  List<FilesPage.Group> shown(Particulars contract) {
    var set = attachments.of(contract.id());
    return List.of(Attachment.Role.SIGNED, Attachment.Role.REFERENCE).stream()
        .map(role -> group(contract, set, role, false))
        .filter(group -> !group.lines().isEmpty())
        .toList();
  }

  private FilesPage.Group group(
      Particulars contract, DocumentSet set, Attachment.Role role, boolean changes) {
    return new FilesPage.Group(
        role.name(),
        changes && role != Attachment.Role.INTERNAL,
        set.attachments().stream()
            .filter(each -> each.role() == role)
            .map(each ->
                new FilesPage.Line(
                    path(contract) + "/files/" + each.id(),
                    each.name(),
                    told.kind(each),
                    AttachmentWords.size(each.bytes()),
                    pages(set, each),
                    each.sha256().hex()))
            .toList());
  }

  private @Nullable String pages(DocumentSet set, Attachment attachment) {
    if (!attachment.hasPages()) {
      return null;
    }
    if (attachment.role() != Attachment.Role.SIGNED) {
      return words.of("contract.pages", attachment.pages());
    }
    var first = set.firstPage(attachment);
    return words.of(
        "contract.files.bound",
        String.valueOf(first),
        String.valueOf(first + attachment.pages() - 1));
  }

  static String path(Particulars contract) {
    return "/contracts/" + contract.id();
  }
}
