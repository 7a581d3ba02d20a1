package jp.musubi.vault;

import java.io.IOException;
import java.nio.file.Path;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Outside;

/**
 * Where the bytes lie. Objects are named by body and a name that stands for a digest and a key,
 * written once and never changed; an implementation must refuse the second write itself rather than
 * trust callers to ask first.
 */
@Outside
interface ObjectStore {

  /** What a write found. */
  enum Written {
    /** The object is new, and durable. */
    NEW,
    /** An object of that name was there already and has not been touched. */
    THERE_BEFORE
  }

  /**
   * Writes an object unless there is one of that name; durable on return.
   *
   * @throws IOException if the store does not answer or has no room; nothing was published
   */
  Written putIfAbsent(TenantId tenant, ObjectName name, Path file) throws IOException;

  /**
   * Copies an object's bytes to {@code target}, unchecked.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such object
   */
  void get(TenantId tenant, ObjectName name, Path target) throws IOException;

  /**
   * Puts a file where an object is damaged or missing, in one step; durable on return. Only for
   * repair, with bytes that were checked against the object's digest.
   */
  void replace(TenantId tenant, ObjectName name, Path file) throws IOException;

  /**
   * Takes an object away, if it is there: only one whose bytes lie there encrypted anew, or whose
   * record says that it is erased.
   *
   * @return whether it was there
   */
  boolean remove(TenantId tenant, ObjectName name) throws IOException;

  /** Whether there is an object of that name. */
  boolean exists(TenantId tenant, ObjectName name) throws IOException;

  /** How many objects of a body there are, whatever else lies beside them included. */
  long count(TenantId tenant) throws IOException;

  /**
   * Takes objects of a body away, some at a time: only of one that is being erased (残余データの消去).
   *
   * @return whether there may be more
   */
  boolean removeSome(TenantId tenant, int most) throws IOException;
}
