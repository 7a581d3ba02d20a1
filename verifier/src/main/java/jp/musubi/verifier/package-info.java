@NullMarked
package jp.musubi.verifier;

import org.jspecify.annotations.NullMarked;
