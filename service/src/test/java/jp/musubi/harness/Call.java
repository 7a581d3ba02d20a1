package jp.musubi.harness;

/** A call of the service to somebody else. */
public interface Call {
  /** What it is called in the report. */
  String title();

  /**
   * Has it go wrong, and then well again.
   *
   * @throws AssertionError if the outcome is not as it must be
   */
  void check(Toxic toxic) throws Exception;

  /** A call by its name. */
  static Call named(String title, Check how) {
    return new Call() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public void check(Toxic toxic) throws Exception {
        how.check(toxic);
      }
    };
  }

  /** What is done. */
  interface Check {
    void check(Toxic toxic) throws Exception;
  }
}
