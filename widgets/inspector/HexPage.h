#pragma once

#include "document/EntryDetails.h"
#include "widgets/hex/HexBytes.h"

#include <QWidget>

class QLabel;

namespace sockeye {

class CaptureLoader;
class HexView;
class PageBar;
class PageStack;
class ValueStrip;

/// An entry's bytes: as framed on the wire or as the message alone, with the values at the selection below.
class HexPage final : public QWidget
{
    Q_OBJECT

public:
    explicit HexPage(QWidget *parent = nullptr);
    ~HexPage() override;

    void show(CaptureLoader *loader, const EntryDetails &details);
    void showWords(const QString &text);

    [[nodiscard]] HexView *view() const { return m_view; }

Q_SIGNALS:
    /// "bytes 28–36 (9)", or empty for no selection.
    void selectionText(const QString &text);
    void notice(const QString &text);

private:
    void setMode(int tab);
    void updateSelection();
    void updateValues();
    void updateNote();

    HexBytes m_bytes;
    PageBar *m_bar;
    HexView *m_view;
    QLabel *m_note;
    ValueStrip *m_values;
    PageStack *m_stack;
    /// Of the entry shown: whether its payload went masked, and compressed.
    bool m_masked = false;
    bool m_compressed = false;
};

} // namespace sockeye
