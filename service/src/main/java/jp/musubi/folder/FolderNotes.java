package jp.musubi.folder;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** フォルダ, on a contract's page: who may see the contract may know where it lies. */
@Component
class FolderNotes implements Aside {
  private final Folders folders;
  private final Filing filing;

  FolderNotes(Folders folders, Filing filing) {
    this.folders = folders;
    this.filing = filing;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Note> of(Particulars contract) {
    var folder = filing.of(contract.id().value());
    return List.of(
        new Note(
            "info",
            Text.of("folder.heading"),
            List.of(
                folder
                    .map(id -> Text.of("folder.note", folders.all().fullName(id)))
                    .orElseGet(() -> Text.of("folder.note.none"))),
            "folder.note.change",
            "/contracts/%s/folder".formatted(contract.id()),
            true));
  }
}
