package jp.musubi.journeys.drill;

import java.nio.file.Path;
import java.util.List;
import jp.musubi.journeys.reliability.Measurement;

/** 訓練. Something is done to the platform, and what comes of it is measured. */
interface Drill {
  /** What it is about, for the paper. */
  String title();

  /**
   * Runs it, ends everything it began, and tells.
   *
   * @param root of the repository, built
   */
  List<Measurement.Row> run(Path root) throws Exception;
}
