#include "log/RowCopier.h"

#include "fields/EntryDecoder.h"
#include "log/FieldTexts.h"
#include "secrets/EntryMask.h"

#include <QBuffer>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace sockeye {

namespace {

/// About the size of a row of cells: good enough to tell when there is no room any more.
constexpr qint64 CellsSize = 256;

/// The texts of the columns of fields.
class CopiedFields final
{
public:
    CopiedFields(const CaptureReader &capture, const CopyStyle &style)
        : m_decoder(capture, style.formats)
        , m_texts(pathsOf(style))
    {
    }

    QList<FieldText> of(const Entry &entry)
    {
        const EntryDecoder::Decoded &message =
            m_decoder.decode({entry.id, entry.connection, entry.direction, entry.kind, entry.size, entry.head});
        return message.tree ? m_texts.in(*message.tree) : QList<FieldText>();
    }

private:
    static QStringList pathsOf(const CopyStyle &style)
    {
        QStringList paths;
        for (const FieldColumn &field : style.fields)
            paths += field.path;
        return paths;
    }

    EntryDecoder m_decoder;
    FieldTexts m_texts;
};

bool isField(int column)
{
    return column >= LogTable::ColumnCount;
}

/// The texts of cells; the delta is measured from the row before or from the chosen entry.
class CellTexts final
{
public:
    CellTexts(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style)
        : m_capture(capture)
        , m_rows(rows)
        , m_style(style)
    {
        if (std::ranges::any_of(style.columns, isField))
            m_fields.emplace(capture, style);
    }

    QStringList of(Row row, const Entry &entry)
    {
        QStringList cells;
        const QList<FieldText> fields = m_fields ? m_fields->of(entry) : QList<FieldText>();
        for (const int column : m_style.columns) {
            if (isField(column)) {
                cells += fields.value(column - LogTable::ColumnCount).text;
                continue;
            }
            const LogColumnInfo &info = LogColumnInfo::of(column);
            cells += info.text({entry, m_style.cells, info.needsOrigin ? originTime(row) : std::nullopt});
        }
        // The delta of most rows is measured from the row before.
        if (m_style.cells.deltaFrom == DeltaFrom::Previous)
            m_origin = entry;
        return cells;
    }

private:
    std::optional<Timestamp> originTime(Row row)
    {
        const CellStyle &cells = m_style.cells;
        const EntryId from = cells.deltaFrom == DeltaFrom::Selected ? cells.reference : m_rows.entryBefore(row);
        if (from.value() == 0)
            return std::nullopt;
        if (m_origin.id != from) {
            if (auto read = m_capture.entry(from))
                m_origin = std::move(read).value();
        }
        return m_origin.id == from ? std::optional(m_origin.time) : std::nullopt;
    }

    const CaptureReader &m_capture;
    const SelectedRows &m_rows;
    const CopyStyle &m_style;
    std::optional<CopiedFields> m_fields;
    Entry m_origin;
};

class TabCopier final : public RowCopier
{
public:
    TabCopier(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style)
        : m_cells(capture, rows, style)
    {
    }

    Result<> add(Row row, const Entry &entry, qint64) override
    {
        m_text += m_cells.of(row, entry).join(u'\t') + u'\n';
        return {};
    }
    qint64 size() const override { return m_text.size(); }
    qint64 sizeOf(const Entry &) const override { return CellsSize; }
    QString text() override { return m_text; }

private:
    CellTexts m_cells;
    QString m_text;
};

/// Text that a peer sent is set as code, so that nothing in it is taken for Markdown.
QString codeSpan(const QString &text)
{
    if (text.isEmpty())
        return {};
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    const QString space = text.startsWith(u'`') || text.endsWith(u'`') ? QStringLiteral(" ") : QString();
    return fence + space + text + space + fence;
}

class MarkdownCopier final : public RowCopier
{
public:
    MarkdownCopier(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style)
        : m_style(style)
        , m_cells(capture, rows, style)
    {
        QStringList titles;
        QStringList rules;
        for (const int column : style.columns) {
            if (isField(column)) {
                titles += codeSpan(titleOf(style.fields.value(column - LogTable::ColumnCount)));
                rules += QStringLiteral("---");
                continue;
            }
            const LogColumnInfo &info = LogColumnInfo::of(column);
            titles += info.fullTitleFor(style.cells);
            rules += info.isNumber() ? QStringLiteral("---:") : QStringLiteral("---");
        }
        addLine(titles);
        addLine(rules);
    }

    Result<> add(Row row, const Entry &entry, qint64) override
    {
        QStringList cells = m_cells.of(row, entry);
        for (qsizetype place = 0; place < cells.size(); ++place) {
            const int column = m_style.columns.at(place);
            if (isField(column) || LogColumnInfo::of(column).isPayload)
                cells[place] = codeSpan(cells.at(place));
        }
        addLine(cells);
        return {};
    }
    qint64 size() const override { return m_text.size(); }
    qint64 sizeOf(const Entry &) const override { return CellsSize; }
    QString text() override { return m_text; }

private:
    void addLine(QStringList cells)
    {
        for (QString &cell : cells)
            cell.replace(u'|', QStringLiteral("\\|"));
        m_text += QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
    }

    const CopyStyle &m_style;
    CellTexts m_cells;
    QString m_text;
};

/// The payload as text, if all of it is valid UTF-8; of a close, its code in words.
std::optional<QString> textOf(const Entry &entry, const QByteArray &payload)
{
    if (entry.kind == EntryKind::Close)
        return maskedPreview(entry);
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    // A text that was cut short may end in the middle of a character.
    if (payload.size() < entry.size)
        decoder = QStringDecoder(QStringDecoder::Utf8);
    QString text = decoder(payload);
    if (decoder.hasError())
        return std::nullopt;
    return entry.kind == EntryKind::Event ? maskSecretsInText(text) : text;
}

/// Payloads one below the other: text as text, everything else as hex digits, which other tools can read.
class PayloadCopier final : public RowCopier
{
public:
    PayloadCopier(const CaptureReader &capture, const CopyStyle &style)
        : m_capture(capture)
        , m_asText(style.format == CopyFormat::Text)
    {
    }

    Result<> add(Row, const Entry &entry, qint64 room) override
    {
        const bool isHex = !m_asText || entry.kind == EntryKind::Binary || entry.kind == EntryKind::Raw;
        const qint64 wanted = std::min(entry.size, isHex ? room / 2 : room);
        auto payload = m_capture.payload(entry.id, 0, wanted);
        if (!payload)
            return payload.error();
        const std::optional<QString> text = isHex ? std::nullopt : textOf(entry, payload.value());
        m_text += text ? *text : QString::fromLatin1(payload->toHex());
        m_text += u'\n';
        return {};
    }
    qint64 size() const override { return m_text.size(); }
    qint64 sizeOf(const Entry &entry) const override { return m_asText ? entry.size : entry.size * 2; }
    QString text() override { return m_text; }

private:
    const CaptureReader &m_capture;
    bool m_asText;
    QString m_text;
};

class JsonCopier final : public RowCopier
{
public:
    JsonCopier(const CaptureReader &capture, const CancelToken &cancel)
        : m_cancel(cancel)
        , m_walk(capture, m_options, m_cancel, m_progress)
        , m_sink(m_out)
        , m_writer(m_walk, m_sink)
    {
        m_out.open(QIODevice::WriteOnly);
    }

    Result<> add(Row, const Entry &entry, qint64) override { return m_writer.write(entry); }
    qint64 size() const override { return m_out.size() + m_sink.buffered(); }
    qint64 sizeOf(const Entry &entry) const override { return CellsSize + entry.size; }
    bool canCut() const override { return false; }
    QString text() override
    {
        // A buffer in memory takes everything.
        static_cast<void>(m_sink.finish());
        return QString::fromUtf8(m_out.data());
    }

private:
    CancelToken m_cancel;
    ExportOptions m_options;
    ExportProgress m_progress;
    ExportWalk m_walk;
    QBuffer m_out;
    ExportSink m_sink;
    JsonLinesWriter m_writer;
};

} // namespace

std::unique_ptr<RowCopier> makeCopier(const CaptureReader &capture, const SelectedRows &rows, const CopyStyle &style,
                                      const CancelToken &cancel)
{
    switch (style.format) {
    case CopyFormat::Text:
    case CopyFormat::Hex:
        return std::make_unique<PayloadCopier>(capture, style);
    case CopyFormat::JsonLines:
        return std::make_unique<JsonCopier>(capture, cancel);
    case CopyFormat::Markdown:
        return std::make_unique<MarkdownCopier>(capture, rows, style);
    case CopyFormat::Rows:
        break;
    }
    return std::make_unique<TabCopier>(capture, rows, style);
}

} // namespace sockeye
