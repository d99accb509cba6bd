#pragma once

#include "widgets/inspector/InspectorPage.h"

class QLabel;
class QTableView;

namespace sockeye {

class FramesModel;
class InspectorContext;

/// The frames of an entry, with the bytes of headers and payload.
class FramesPage final : public InspectorPage
{
    Q_OBJECT

public:
    /// The page's title.
    [[nodiscard]] static QString name() { return tr("Frames"); }

    explicit FramesPage(InspectorContext &context, QWidget *parent = nullptr);
    ~FramesPage() override;

    void showEntry(const EntryDetails &details) override;

protected:
    void clear() override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setColumnWidths();
    void copySelected() const;

    FramesModel *m_model;
    QLabel *m_sums;
    QTableView *m_table;
    bool m_isCompressed = false;
};

} // namespace sockeye
