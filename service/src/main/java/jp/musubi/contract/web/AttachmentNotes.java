package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 附属書類, on a contract's page: how many there are. */
@Component
class AttachmentNotes implements Aside {
  private final Attachments attachments;

  AttachmentNotes(Attachments attachments) {
    this.attachments = attachments;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var set = attachments.of(contract.id());
    var path = "/contracts/%s/files".formatted(contract.id());
    if (set.attachments().isEmpty()) {
      return List.of(
          new Note(
              "info",
              Text.of("contract.files"),
              List.of(Text.of("contract.files.none")),
              "contract.files.add",
              path,
              true));
    }
    return List.of(
        new Note(
            "info",
            Text.of("contract.files"),
            List.of(
                Text.of(
                    "contract.files.count",
                    String.valueOf(set.signed().size()),
                    String.valueOf(set.references().size()),
                    String.valueOf(set.internal().size()))),
            "contract.files.see",
            path,
            false));
  }
}
