#pragma once

namespace sockeye {

/// A widget that holds places of its own to go to by number. Go to (Ctrl+G) goes to the Seekable that has the keyboard
/// focus or holds the widget that has it, and to the log where there is none.
class Seekable
{
public:
    /// Asks where to go.
    virtual void openGoTo() = 0;
    /// Whether there is any place now.
    [[nodiscard]] virtual bool canGoTo() const { return true; }

    Seekable(const Seekable &) = delete;
    Seekable &operator=(const Seekable &) = delete;

protected:
    Seekable() = default;
    /// Never deleted as such: it is part of a widget.
    ~Seekable() = default;
};

} // namespace sockeye
