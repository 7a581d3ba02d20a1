package jp.musubi.seal.appearance;

/** 九つの位置. Where on a page, in words that need no pointing. */
public enum Position {
  TOP_LEFT(Side.START, Side.START),
  TOP(Side.MIDDLE, Side.START),
  TOP_RIGHT(Side.END, Side.START),
  LEFT(Side.START, Side.MIDDLE),
  CENTRE(Side.MIDDLE, Side.MIDDLE),
  RIGHT(Side.END, Side.MIDDLE),
  BOTTOM_LEFT(Side.START, Side.END),
  BOTTOM(Side.MIDDLE, Side.END),
  BOTTOM_RIGHT(Side.END, Side.END);

  enum Side {
    START,
    MIDDLE,
    END;

    float from(float whole, float part, float margin) {
      return switch (this) {
        case START -> margin;
        case MIDDLE -> (whole - part) / 2;
        case END -> whole - part - margin;
      };
    }
  }

  private final Side across;
  private final Side down;

  Position(Side across, Side down) {
    this.across = across;
    this.down = down;
  }

  Side across() {
    return across;
  }

  Side down() {
    return down;
  }
}
