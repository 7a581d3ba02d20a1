package jp.musubi.register;

import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** タグ, on a contract's page; nothing where the body has none. */
@Component
class TagNotes implements Aside {
  private final Tags tags;

  TagNotes(Tags tags) {
    this.tags = tags;
  }

  @Override
  @Transactional(readOnly = true)
  public List<Note> of(Particulars contract) {
    var id = contract.id().value();
    var has = tags.of(List.of(id)).getOrDefault(id, List.of());
    if (has.isEmpty() && tags.open().isEmpty()) {
      return List.of();
    }
    return List.of(
        new Note(
            "info",
            Text.of("register.tag"),
            List.of(
                has.isEmpty()
                    ? Text.of("register.tag.note.none")
                    : Text.of("register.tag.note", Tags.names(has))),
            "register.tag.note.change",
            "/contracts/%s/tags".formatted(id),
            true));
  }
}
