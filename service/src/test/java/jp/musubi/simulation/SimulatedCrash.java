package jp.musubi.simulation;

/** The node has died here. An error, which nobody of the service catches. */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String point) {
    super(point, null, false, false);
  }
}
