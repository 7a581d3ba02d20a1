package jp.musubi.journeys;

/** {@code ./musubi demo}. */
final class DemoMain {
  private DemoMain() {}

  static void main(String[] args) {
    throw new IllegalStateException(String.join(" ", args));
  }
}
