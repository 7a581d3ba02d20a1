package jp.musubi.input;

import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;

/** Why a box cannot stand where it was put. Nothing has changed then. */
public sealed interface Misplaced {
  /** In words. */
  Text words();

  /** The document has fewer pages. */
  record NoSuchPage(int pages) implements Misplaced {
    @Override
    public Text words() {
      return Text.of("input.place.page", String.valueOf(pages));
    }
  }

  /** It is too small for the smallest letter. */
  record TooSmall() implements Misplaced {
    @Override
    public Text words() {
      return Text.of("input.place.small", FormReader.tenths(InputBox.SHORTEST));
    }
  }

  /** It reaches beyond the page, whose size in tenths of a millimetre this is. */
  record Outside(int width, int height) implements Misplaced {
    @Override
    public Text words() {
      return Text.of("input.place.outside", FormReader.tenths(width), FormReader.tenths(height));
    }
  }

  /** Two boxes that have to be filled would be written over each other. */
  record Over(String label) implements Misplaced {
    @Override
    public Text words() {
      return Text.of("input.place.over", label);
    }
  }

  /** What was filled in already does not fit any more. */
  record NoRoom(String label) implements Misplaced {
    @Override
    public Text words() {
      return Text.of("input.place.room", label);
    }
  }
}
