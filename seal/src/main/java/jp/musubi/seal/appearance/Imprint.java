package jp.musubi.seal.appearance;

import java.util.List;

/** 印. What is drawn where a seal will stand. */
public sealed interface Imprint {
  /** What a screen reader says of it, and a viewer when it is pointed at. */
  String spoken();

  /**
   * Text in a frame, one line under the other. It is drawn before anybody has sealed, so it may say
   * for whom the place is, and not that or when somebody sealed: the seal itself says that.
   */
  record Words(List<String> lines) implements Imprint {
    public Words {
      lines = List.copyOf(lines);
    }

    @Override
    public String spoken() {
      return String.join(" ", lines);
    }
  }

  /**
   * 印影: an image, kept in proportion.
   *
   * @param spoken what it shows, e.g. 上毛市長之印
   */
  record Picture(ImageFile file, String spoken) implements Imprint {}
}
