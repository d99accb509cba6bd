#pragma once

#include "widgets/hex/ByteBookmarks.h"
#include "widgets/hex/PagedBytes.h"
#include "widgets/hex/WireBytes.h"
#include "widgets/inspector/InspectorPage.h"
#include "widgets/payload/ByteFinder.h"
#include "widgets/payload/PayloadSaver.h"

class QLabel;

namespace sockeye {

class FindBar;
class HexView;
class InspectorContext;
class PageBar;
class ValueStrip;

/// An entry's bytes: as framed on the wire or as the message alone, with the values at the selection below.
class HexPage final : public InspectorPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Hex"); }

    explicit HexPage(InspectorContext &context, QWidget *parent = nullptr);
    ~HexPage() override;

    void showEntry(const EntryDetails &details) override;
    [[nodiscard]] bool canFind() const override;
    void find() override;

protected:
    void clear() override;

private:
    [[nodiscard]] bool showsWire() const;
    void showSource();
    void showValue(HexRange range);
    void updateSelection();
    void updateValues();
    [[nodiscard]] ByteOffset valuesFrom() const;
    void updateNote();

    InspectorContext &m_context;
    PagedBytes m_payload;
    WireBytes m_wire;
    PageBar *m_bar;
    FindBar *m_findBar;
    HexView *m_view;
    ByteBookmarks m_bookmarks;
    ByteFinder m_finder;
    PayloadSaver m_saver;
    QLabel *m_note;
    ValueStrip *m_values;
    /// Whether the entry's payload was masked and compressed on the wire.
    bool m_masked = false;
    bool m_compressed = false;
};

} // namespace sockeye
