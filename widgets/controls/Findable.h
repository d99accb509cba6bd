#pragma once

namespace sockeye {

/// A widget that has a way of its own to find something inside of it. Find (Ctrl+F) goes to the Findable that has the
/// keyboard focus or holds the widget that has it, and to the log's filter where there is none.
class Findable
{
public:
    /// Opens the widget's own search, or takes the focus to it.
    virtual void openFind() = 0;
    /// Whether there is anything to be found in now.
    [[nodiscard]] virtual bool canFind() const { return true; }

    Findable(const Findable &) = delete;
    Findable &operator=(const Findable &) = delete;

protected:
    Findable() = default;
    /// Never deleted as such: it is part of a widget.
    ~Findable() = default;
};

} // namespace sockeye
