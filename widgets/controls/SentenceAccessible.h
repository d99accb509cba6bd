#pragma once

namespace sockeye {

/// Makes widgets that show something as a picture or in parts readable by screen readers, as a text and as a value:
/// those that have a property `sentence`. Calling it again does nothing.
void installSentenceAccessible();

} // namespace sockeye
