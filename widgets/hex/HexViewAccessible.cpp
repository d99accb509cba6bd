#include "widgets/hex/HexViewAccessible.h"

#include "widgets/hex/HexView.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace sockeye {

namespace {

class HexViewAccessible final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit HexViewAccessible(HexView *view)
        : QAccessibleWidget(view, QAccessible::EditableText)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }

    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Value ? shown() : QAccessibleWidget::text(which);
    }

    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }

    // The text consists of the visible rows. Selections are of bytes, so the text has none.
    void selection(int, int *start, int *end) const override { *start = *end = 0; }
    [[nodiscard]] int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    void setCursorPosition(int) override {}
    void scrollToSubstring(int, int) override {}

    [[nodiscard]] int cursorPosition() const override
    {
        const HexLayout &layout = view()->hexLayout();
        const qint64 line = layout.rowOf(view()->caret()) - view()->topRow();
        const QStringList lines = shown().split(u'\n');
        if (line < 0 || line >= lines.size())
            return 0;
        qsizetype position =
            layout.offsetDigits() + 2 + (layout.style().digitsPerByte() + 1) * layout.columnOf(view()->caret());
        for (qint64 i = 0; i < line; ++i)
            position += lines[i].size() + 1;
        return static_cast<int>(position);
    }

    [[nodiscard]] QString text(int start, int end) const override { return shown().mid(start, end - start); }
    [[nodiscard]] int characterCount() const override { return static_cast<int>(shown().size()); }
    [[nodiscard]] QRect characterRect(int) const override { return {}; }
    [[nodiscard]] int offsetAtPoint(const QPoint &) const override { return -1; }
    [[nodiscard]] QString attributes(int, int *start, int *end) const override
    {
        *start = 0;
        *end = characterCount();
        return {};
    }

private:
    [[nodiscard]] HexView *view() const { return static_cast<HexView *>(widget()); }
    [[nodiscard]] QString shown() const { return view()->visibleText(); }
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object)
{
    auto *view = qobject_cast<HexView *>(object);
    return view ? new HexViewAccessible(view) : nullptr;
}

} // namespace

void installHexViewAccessible()
{
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
}

} // namespace sockeye
