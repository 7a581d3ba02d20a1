package jp.musubi.contract;

import java.util.List;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 契約の画面に添えるもの. What another feature has to say on a contract's page. */
public interface Aside {

  /** What there is to say of this contract; nothing of most. */
  List<Note> of(Particulars contract);

  /**
   * Words of the message bundles, and where one goes on.
   *
   * @param tone info, success or warning; what only informs stands below the contract's facts
   * @param label message key of the link; null for none
   * @param path of the link, from the service's root; null for none
   * @param forClerk whether the link is only for those who handle the contract
   */
  record Note(
      String tone,
      Text heading,
      List<Text> lines,
      @Nullable String label,
      @Nullable String path,
      boolean forClerk) {

    /** Keeps its own copy. */
    public Note {
      lines = List.copyOf(lines);
    }

    /** The same without the link. */
    public Note withoutLink() {
      return new Note(tone, heading, lines, null, null, forClerk);
    }
  }
}
